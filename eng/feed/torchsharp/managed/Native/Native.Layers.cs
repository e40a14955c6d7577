using System.Runtime.InteropServices;

namespace TorchSharp;

// One line per function of native/layers.cpp, in their order.
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern IntPtr ts_linear(IntPtr x, IntPtr w, IntPtr b);
    [DllImport(Library)] internal static extern IntPtr ts_conv2d(IntPtr x, IntPtr w, IntPtr b, long* s, long ns, long* p, long np, long* d, long nd, long groups);
    [DllImport(Library)] internal static extern IntPtr ts_conv_transpose2d(IntPtr x, IntPtr w, IntPtr b, long* s, long ns, long* p, long np, long* o, long no, long* d, long nd, long groups);
    [DllImport(Library)] internal static extern IntPtr ts_batch_norm(IntPtr x, IntPtr mean, IntPtr var, IntPtr w, IntPtr b, int training, double momentum, double eps);
    [DllImport(Library)] internal static extern IntPtr ts_group_norm(IntPtr x, long groups, IntPtr w, IntPtr b, double eps);
    [DllImport(Library)] internal static extern IntPtr ts_layer_norm(IntPtr x, long* shape, long n, IntPtr w, IntPtr b, double eps);
    [DllImport(Library)] internal static extern IntPtr ts_relu(IntPtr a);
    [DllImport(Library)] internal static extern void ts_relu_(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_silu(IntPtr a);
    [DllImport(Library)] internal static extern void ts_silu_(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_sigmoid(IntPtr a);
    [DllImport(Library)] internal static extern void ts_sigmoid_(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_tanh(IntPtr a);
    [DllImport(Library)] internal static extern void ts_tanh_(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_gelu(IntPtr x);
    [DllImport(Library)] internal static extern void ts_gelu_(IntPtr x);
    [DllImport(Library)] internal static extern IntPtr ts_leaky_relu(IntPtr x, ScalarValue* slope);
    [DllImport(Library)] internal static extern void ts_leaky_relu_(IntPtr x, ScalarValue* slope);
    [DllImport(Library)] internal static extern IntPtr ts_prelu(IntPtr a, IntPtr b);
    [DllImport(Library)] internal static extern IntPtr ts_softplus(IntPtr x, double beta, double threshold);
    [DllImport(Library)] internal static extern IntPtr ts_max_pool2d(IntPtr x, long* k, long nk, long* s, long ns, long* p, long np, long* d, long nd, int ceil_mode);
    [DllImport(Library)] internal static extern IntPtr ts_avg_pool2d(IntPtr x, long* k, long nk, long* s, long ns, long* p, long np, int ceil_mode, int include_pad, long divisor);
    [DllImport(Library)] internal static extern IntPtr ts_adaptive_avg_pool2d(IntPtr x, long* o, long n);
    [DllImport(Library)] internal static extern IntPtr ts_pixel_shuffle(IntPtr x, long f);
    [DllImport(Library)] internal static extern IntPtr ts_pixel_unshuffle(IntPtr x, long f);
    [DllImport(Library)] internal static extern IntPtr ts_pad(IntPtr x, long* p, long n, int mode, double value);
    [DllImport(Library)] internal static extern IntPtr ts_interpolate(IntPtr input, long* size, long nsize, double* scale, long nscale, int mode, int align, int recompute);
}
