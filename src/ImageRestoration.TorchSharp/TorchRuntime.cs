using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Loads libtorch, opens devices and turns native errors into typed ones.</summary>
internal static class TorchRuntime
{
    internal const string BackendName = "TorchSharp";

    /// <summary>Checks settings and opens their device, or says what is missing.</summary>
    internal static Device OpenDevice(TorchOptions options)
    {
        options.ThrowIfInvalid(nameof(options));
        return OpenDevice(options.Device, options.Threads, options.Precision);
    }

    /// <summary>Opens a device, or says what is missing.</summary>
    internal static Device OpenDevice(string name, int? threads, ComputePrecision precision)
    {
        try
        {
            Device device = torch.device(name);
            if (threads is { } wanted)
            {
                set_num_threads(wanted);
            }

            if (device.type == DeviceType.CUDA && !cuda.is_available())
            {
                throw new BackendUnavailableException($"Device '{name}' was asked for and libtorch finds no CUDA device. Reference "
                    + "TorchSharp-cuda-linux or TorchSharp-cuda-windows in the application and install NVIDIA's driver, "
                    + "or use device 'cpu'.");
            }

            if (device.type == DeviceType.CPU && precision == ComputePrecision.Float16)
            {
                throw new BackendUnavailableException($"libtorch has no convolutions in {nameof(ComputePrecision.Float16)} for device "
                    + $"'{name}'. Use {nameof(ComputePrecision.BFloat16)}, or a CUDA device.");
            }

            return device.type is DeviceType.CPU or DeviceType.CUDA
                ? device
                : throw new BackendUnavailableException($"Device '{name}' is not supported. Use 'cpu', 'cuda' or 'cuda:N'.");
        }
        catch (Exception e) when (IsLoadFailure(e))
        {
            throw new BackendUnavailableException($"libtorch cannot be loaded. {NativeLoadFailure.Explain(e)}", e);
        }
        catch (Exception e) when (e is ExternalException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new BackendUnavailableException($"Device '{name}' cannot be opened: {e.Message} Use 'cpu', 'cuda' or 'cuda:N'.", e);
        }
    }

    /// <summary>How many threads an operation uses: as many as wanted, or as libtorch gives a thread that has not used it yet.</summary>
    /// <remarks>Not as many as this thread has: see <see cref="UseThreads"/>.</remarks>
    internal static int ThreadsFor(int? wanted)
    {
        if (wanted is { } count)
        {
            return count;
        }

        int found = 0;
        var unused = new Thread(() => found = get_num_threads());
        unused.Start();
        unused.Join();
        return found;
    }

    /// <summary>
    /// Gives the current thread its number of threads within operations. Needed wherever work enters on a thread that others use too.
    /// </summary>
    /// <remarks>
    /// libtorch keeps the number for each thread from its first use on, so what is set elsewhere later does not reach it; and it chooses
    /// kernels by it (small convolutions on one thread are not oneDNN's), whose results differ in the last bits.
    /// </remarks>
    internal static void UseThreads(int threads)
    {
        if (get_num_threads() != threads)
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Runs native work and wraps its errors. What to do where memory is short depends on the work.</summary>
    internal static T Guard<T>(string what, Func<T> work, string memoryRemedy = "")
    {
        try
        {
            return work();
        }
        catch (ExternalException e) when (IsOutOfMemory(e))
        {
            throw new DeviceMemoryException($"There is not enough memory for {what}: {FirstLine(e.Message)} {memoryRemedy}".TrimEnd(), e);
        }
        catch (ExternalException e)
        {
            throw new BackendException($"libtorch failed in {what}: {FirstLine(e.Message)}", e);
        }
    }

    /// <summary>As libtorch says it of CUDA devices, and of the host.</summary>
    private static bool IsOutOfMemory(ExternalException e)
        => e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || e.Message.Contains("can't allocate memory", StringComparison.Ordinal);

    private static bool IsLoadFailure(Exception e)
        => e is DllNotFoundException or NotSupportedException or BadImageFormatException or EntryPointNotFoundException
            || (e is TypeInitializationException { InnerException: { } inner } && IsLoadFailure(inner));

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
