using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

// Loading the native half and carrying its errors over.
public static partial class torch
{
    // The version that the official package of this number is built for; only the message below uses it.
    private const string LibtorchPackageVersion = "2.10.0.0";

#pragma warning disable CA2255 // the resolver has to be in place before the first call, whichever it is
    [ModuleInitializer]
    internal static void RegisterLoader() => NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, Resolve);
#pragma warning restore CA2255

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "LibTorchSharp")
        {
            return IntPtr.Zero;
        }

        if (NativeLibrary.TryLoad(name, assembly, path, out var library))
        {
            return library;
        }

        // The loader's own words tell a missing package from a missing libtorch.
        string reason;
        try
        {
            NativeLibrary.Load(name, assembly, path);
            reason = string.Empty;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            reason = e.Message;
        }

        throw new NotSupportedException(
            $"This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-x64, Version={LibtorchPackageVersion}.\n\n" +
            "Consider referencing one of the combination packages TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows " +
            "or call System.Runtime.InteropServices.NativeLibrary.Load explicitly for a Python install of pytorch.\n\n" +
            $"Trace from LoadNativeBackend:\n{reason}");
    }

    public static unsafe void CheckForErrors()
    {
        var error = Native.ts_take_error();
        if (error is not null)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8((IntPtr)error));
        }
    }
}
