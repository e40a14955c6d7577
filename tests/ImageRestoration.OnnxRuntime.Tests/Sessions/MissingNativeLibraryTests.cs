using System.Reflection;
using System.Runtime.Loader;
using ImageRestoration.Networks;

namespace ImageRestoration.OnnxRuntime.Tests.Sessions;

public sealed class MissingNativeLibraryTests
{
    [Fact]
    public void Create_NativeLibraryMissing_NamesThePackages()
    {
        // A second copy of the library's assemblies, in a place where no native library is found.
        var context = new WithoutNativeLibraries();
        try
        {
            Type restorer = context.LoadFromAssemblyPath(typeof(OnnxRestorer).Assembly.Location).GetType(typeof(OnnxRestorer).FullName!)!;
            Type options = restorer.Assembly.GetType(typeof(OnnxOptions).FullName!)!;
            ConstructorInfo create = restorer.GetConstructor([typeof(Model), options])!;

            var error = Assert.Throws<TargetInvocationException>(() => create.Invoke([TestData.UNetModel(), null]));

            var exception = Assert.IsType<BackendUnavailableException>(error.InnerException);
            Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", exception.Message, StringComparison.Ordinal);
            Assert.Contains("none here", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            context.Unload();
        }
    }

    private sealed class WithoutNativeLibraries() : AssemblyLoadContext(nameof(WithoutNativeLibraries), isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
            => assemblyName.Name is "Microsoft.ML.OnnxRuntime"
                ? LoadFromAssemblyPath(typeof(Microsoft.ML.OnnxRuntime.InferenceSession).Assembly.Location)
                : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) => throw new DllNotFoundException($"'{unmanagedDllName}': none here.");
    }
}
