using System.Runtime.InteropServices;

namespace TorchSharp;

// One line per function of native/tensor.cpp, in their order.
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern void ts_dispose(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_alias(IntPtr a);
    [DllImport(Library)] internal static extern long ts_ndim(IntPtr a);
    [DllImport(Library)] internal static extern long ts_numel(IntPtr a);
    [DllImport(Library)] internal static extern long ts_element_size(IntPtr a);
    [DllImport(Library)] internal static extern int ts_type(IntPtr a);
    [DllImport(Library)] internal static extern int ts_device_type(IntPtr a);
    [DllImport(Library)] internal static extern int ts_device_index(IntPtr a);
    [DllImport(Library)] internal static extern int ts_is_contiguous(IntPtr a);
    [DllImport(Library)] internal static extern int ts_is_leaf(IntPtr a);
    [DllImport(Library)] internal static extern void* ts_data(IntPtr a);
    [DllImport(Library)] internal static extern void ts_sizes(IntPtr a, long* @out);
    [DllImport(Library)] internal static extern void ts_strides(IntPtr a, long* @out);
    [DllImport(Library)] internal static extern long ts_size(IntPtr a, long dim);
    [DllImport(Library)] internal static extern long ts_stride(IntPtr a, long dim);
    [DllImport(Library)] internal static extern IntPtr ts_empty(long* size, long n, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_zeros(long* size, long n, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_ones(long* size, long n, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_full(long* size, long n, ScalarValue* value, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_arange(ScalarValue* start, ScalarValue* stop, ScalarValue* step, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_zeros_like(IntPtr a, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_ones_like(IntPtr a, int type, int dev, int idx, int rg);
    [DllImport(Library)] internal static extern IntPtr ts_to(IntPtr a, int type, int dev, int idx, int copy);
    [DllImport(Library)] internal static extern IntPtr ts_clone(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_contiguous(IntPtr a);
    [DllImport(Library)] internal static extern void ts_copy_(IntPtr a, IntPtr source, int non_blocking);
    [DllImport(Library)] internal static extern IntPtr ts_pin_memory(IntPtr a);
    [DllImport(Library)] internal static extern void ts_fill_(IntPtr a, ScalarValue* value);
    [DllImport(Library)] internal static extern void ts_zero_(IntPtr a);
    [DllImport(Library)] internal static extern int ts_requires_grad(IntPtr a);
    [DllImport(Library)] internal static extern void ts_set_requires_grad(IntPtr a, int value);
    [DllImport(Library)] internal static extern IntPtr ts_detach(IntPtr a);
    [DllImport(Library)] internal static extern void ts_backward(IntPtr a);
    [DllImport(Library)] internal static extern IntPtr ts_grad(IntPtr a);
    [DllImport(Library)] internal static extern void ts_set_grad(IntPtr a, IntPtr grad);
    [DllImport(Library)] internal static extern double ts_clip_grad_norm(IntPtr* parameters, long n, double max_norm, double norm_type);
    [DllImport(Library)] internal static extern IntPtr ts_view(IntPtr a, long* s, long n);
    [DllImport(Library)] internal static extern IntPtr ts_reshape(IntPtr a, long* s, long n);
    [DllImport(Library)] internal static extern IntPtr ts_permute(IntPtr a, long* s, long n);
    [DllImport(Library)] internal static extern IntPtr ts_expand(IntPtr a, long* s, long n, int @implicit);
    [DllImport(Library)] internal static extern IntPtr ts_transpose(IntPtr a, long d0, long d1);
    [DllImport(Library)] internal static extern IntPtr ts_unsqueeze(IntPtr a, long d);
    [DllImport(Library)] internal static extern IntPtr ts_squeeze(IntPtr a, int has, long d);
    [DllImport(Library)] internal static extern IntPtr ts_flatten(IntPtr a, long start, long end);
    [DllImport(Library)] internal static extern IntPtr ts_narrow(IntPtr a, long d, long start, long length);
    [DllImport(Library)] internal static extern IntPtr ts_cat(IntPtr* items, long n, long d);
    [DllImport(Library)] internal static extern IntPtr ts_stack(IntPtr* items, long n, long d);
    [DllImport(Library)] internal static extern IntPtr ts_at(IntPtr a, long* index, long n);
    [DllImport(Library)] internal static extern long ts_chunk(IntPtr a, long chunks, long d, IntPtr* @out, long capacity);
    [DllImport(Library)] internal static extern long ts_split(IntPtr a, long size, long d, IntPtr* @out, long capacity);
    [DllImport(Library)] internal static extern long ts_split_sizes(IntPtr a, long* s, long n, long d, IntPtr* @out, long capacity);
}
