using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every argument is blittable, so calls need no marshalling code.
[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

// One line per function of native/runtime.cpp, in their order.
internal static unsafe partial class Native
{
    private const string Library = "LibTorchSharp";

    [DllImport(Library)] internal static extern byte* ts_take_error();
    [DllImport(Library)] internal static extern void ts_set_num_threads(int n);
    [DllImport(Library)] internal static extern int ts_get_num_threads();
    [DllImport(Library)] internal static extern int ts_cuda_available();
    [DllImport(Library)] internal static extern int ts_cuda_device_count();
    [DllImport(Library)] internal static extern void ts_cuda_synchronize(int index);
    [DllImport(Library)] internal static extern int ts_grad_mode_enabled();
    [DllImport(Library)] internal static extern void ts_grad_mode_set(int value);
    [DllImport(Library)] internal static extern void* ts_inference_mode_enter(int value);
    [DllImport(Library)] internal static extern void ts_inference_mode_leave(void* guard);
}
