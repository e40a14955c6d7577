namespace TorchSharp;

// Names of dimensions are accepted, as the signatures have them, and not kept.
public static unsafe partial class torch
{
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)size, dtype, device, requires_grad, names);

    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_empty(p, size.Length, Code(dtype), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)size, dtype, device, requires_grad, names);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_zeros(p, size.Length, Code(dtype), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)size, dtype, device, requires_grad, names);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_ones(p, size.Length, Code(dtype), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)size, value, dtype, device, requires_grad, names);

    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        var v = value.Value;

        // Without a type the value decides, as in libtorch.
        var type = Code(dtype ?? (v.IsReal ? null : v.Type));
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_full(p, size.Length, &v, type, (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var (type, index) = LikeDevice(device);
        return Tensor.Wrap(Native.ts_zeros_like(input.Handle, CodeOrAsInput(dtype), type, index, requires_grad ? 1 : 0), input);
    }

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var (type, index) = LikeDevice(device);
        return Tensor.Wrap(Native.ts_ones_like(input.Handle, CodeOrAsInput(dtype), type, index, requires_grad ? 1 : 0), input);
    }

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        device = InitializeDevice(device);
        ScalarValue first = start.Value, end = stop.Value, by = step.Value;
        var type = Code(dtype ?? (first.IsReal || end.IsReal || by.IsReal ? null : ScalarType.Int64));
        return Tensor.Wrap(Native.ts_arange(&first, &end, &by, type, (int)device.type, device.index, requires_grad ? 1 : 0));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    // float32 is libtorch's default too.
    private static int Code(ScalarType? type) => (int)(type ?? ScalarType.Float32);

    private static int CodeOrAsInput(ScalarType? type) => type is null ? -1 : (int)type.Value;

    private static (int Type, int Index) LikeDevice(Device? device)
    {
        if (device is null)
        {
            return (-1, -1);
        }

        InitializeDevice(device);
        return ((int)device.type, device.index);
    }
}
