using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    private const string LibtorchPackageVersion = "2.10.0.0";

    public static string __version__ => LibtorchPackageVersion;

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

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType switch
        {
            DeviceType.CPU or DeviceType.META => true,
            DeviceType.CUDA => Native.ts_cuda_available() != 0,
            _ => false,
        };

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    public static bool TryInitializeDevice(Device? device) => TryInitializeDeviceType((device ?? CPU).type);

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    public static T WrappedTensorDisposeScope<T>(Func<T> expr) where T : IDisposable
    {
        using var scope = NewDisposeScope();
        var result = expr();
        return scope.MoveToOuter(result);
    }

    public static int get_num_threads()
    {
        var result = Native.ts_get_num_threads();
        CheckForErrors();
        return result;
    }

    public static void set_num_threads(int num)
    {
        Native.ts_set_num_threads(num);
        CheckForErrors();
    }

    public static int get_num_interop_threads()
    {
        var result = Native.ts_get_num_interop_threads();
        CheckForErrors();
        return result;
    }

    public static void set_num_interop_threads(int num)
    {
        Native.ts_set_num_interop_threads(num);
        CheckForErrors();
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>Stands for libtorch's default CPU generator, the only one offered here.</summary>
    public class Generator : IDisposable
    {
        internal Generator()
        {
        }

        public static Generator Default { get; } = new();

        public Device device { get; } = CPU;

        public Generator manual_seed(long seed) => random.manual_seed(seed);

        public long initial_seed() => random.initial_seed();

        public Tensor get_state() => random.get_rng_state();

        public void set_state(Tensor value) => random.set_rng_state(value);

        public void Dispose() => GC.SuppressFinalize(this);
    }

    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            Native.ts_manual_seed(seed);
            CheckForErrors();
            return Generator.Default;
        }

        public static long initial_seed()
        {
            var seed = Native.ts_initial_seed();
            CheckForErrors();
            return seed;
        }

        public static Tensor get_rng_state() => Tensor.Wrap(Native.ts_get_rng_state());

        public static void set_rng_state(Tensor new_state)
        {
            Native.ts_set_rng_state(new_state.Handle);
            CheckForErrors();
        }
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    public static partial class cuda
    {
        public static bool is_available() => Native.ts_cuda_available() != 0;

        public static int device_count()
        {
            var count = Native.ts_cuda_device_count();
            CheckForErrors();
            return count;
        }

        public static void manual_seed(long seed) => random.manual_seed(seed);

        public static void manual_seed_all(long seed) => random.manual_seed(seed);

        public static void synchronize(Device? device = null)
        {
            Native.ts_cuda_synchronize(device?.index ?? -1);
            CheckForErrors();
        }
    }

    public static IDisposable no_grad() => new GradModeScope(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeScope(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeScope(mode);

    public static bool is_grad_enabled() => Native.ts_grad_mode_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceModeScope(mode);

    public static bool is_inference_mode_enabled() => Native.ts_inference_mode_enabled() != 0;

    private sealed class GradModeScope : IDisposable
    {
        private readonly int _before = Native.ts_grad_mode_enabled();

        public GradModeScope(bool enabled) => Native.ts_grad_mode_set(enabled ? 1 : 0);

        public void Dispose() => Native.ts_grad_mode_set(_before);
    }

    private sealed unsafe class InferenceModeScope : IDisposable
    {
        private void* _guard;

        public InferenceModeScope(bool enabled)
        {
            _guard = Native.ts_inference_mode_enter(enabled ? 1 : 0);
            CheckForErrors();
        }

        public void Dispose()
        {
            if (_guard is not null)
            {
                Native.ts_inference_mode_leave(_guard);
                _guard = null;
            }
        }
    }

    public static partial class autograd
    {
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            // A scalar root gets the gradient one, as libtorch does for an absent entry.
            var roots = Tensor.Handles(tensors);
            var grads = grad_tensors is null ? new IntPtr[roots.Length] : Tensor.Handles(grad_tensors);
            var leaves = inputs is null ? [] : Tensor.Handles(inputs);
            fixed (IntPtr* r = roots, g = grads, l = leaves)
            {
                Native.ts_autograd_backward(r, roots.Length, g, grads.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, l, leaves.Length);
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
            CheckForErrors();
        }

        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var from = Tensor.Handles(outputs);
            var to = Tensor.Handles(inputs);
            var seeds = grad_outputs is null ? new IntPtr[from.Length] : Tensor.Handles(grad_outputs);
            var result = new IntPtr[to.Length];
            fixed (IntPtr* f = from, t = to, s = seeds, r = result)
            {
                Native.ts_autograd_grad(f, from.Length, t, to.Length, s, seeds.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r);
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            CheckForErrors();
            return result.Select(h => h == IntPtr.Zero ? null! : new Tensor(h)).ToArray();
        }
    }
}
