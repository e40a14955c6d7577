namespace TorchSharp;

public static unsafe partial class torch
{
    // The default element type of new tensors is float32, as in libtorch.
    private static int TypeOr(ScalarType? type, ScalarType fallback) => (int)(type ?? fallback);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_zeros(p, size.Length, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)[size], dtype, device, requires_grad);
    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad);
    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_ones(p, size.Length, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)[size], dtype, device, requires_grad);
    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad);
    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => ones((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_empty(p, size.Length, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)[size], dtype, device, requires_grad);
    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad);
    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => empty((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => rand((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_rand(p, size.Length, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => rand((ReadOnlySpan<long>)[size], dtype, device, requires_grad);
    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => rand((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad);
    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => rand((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => rand((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => randn((ReadOnlySpan<long>)size, dtype, device, requires_grad);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null)
    {
        device = InitializeDevice(device);
        fixed (long* p = size)
        {
            return Tensor.Wrap(Native.ts_randn(p, size.Length, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => randn((ReadOnlySpan<long>)[size], dtype, device, requires_grad);
    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => randn((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad);
    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => randn((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null, Generator? generator = null) => randn((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)size, value, dtype, device, requires_grad);

    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        var v = value.Value;
        fixed (long* p = size)
        {
            // Without a type the value decides, as in libtorch.
            var fallback = v.Kind switch { 1 => ScalarType.Int64, 2 => ScalarType.Bool, _ => ScalarType.Float32 };
            return Tensor.Wrap(Native.ts_full(p, size.Length, &v, TypeOr(dtype, fallback), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)[size], value, dtype, device, requires_grad);
    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)[rows, columns], value, dtype, device, requires_grad);
    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)[dim0, dim1, dim2], value, dtype, device, requires_grad);
    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => full((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (device is not null)
        {
            InitializeDevice(device);
        }

        return Tensor.Wrap(Native.ts_zeros_like(input.Handle, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (device is not null)
        {
            InitializeDevice(device);
        }

        return Tensor.Wrap(Native.ts_ones_like(input.Handle, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (device is not null)
        {
            InitializeDevice(device);
        }

        return Tensor.Wrap(Native.ts_empty_like(input.Handle, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (device is not null)
        {
            InitializeDevice(device);
        }

        return Tensor.Wrap(Native.ts_rand_like(input.Handle, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (device is not null)
        {
            InitializeDevice(device);
        }

        return Tensor.Wrap(Native.ts_randn_like(input.Handle, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var v = value.Value;
        return Tensor.Wrap(Native.ts_full_like(input.Handle, &v, dtype is null ? -1 : (int)dtype.Value, device is null ? -1 : (int)device.type, device?.index ?? -1, requires_grad ? 1 : 0), input);
    }

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        device = InitializeDevice(device);
        var shape = size.Shape;
        fixed (long* p = shape)
        {
            return Tensor.Wrap(Native.ts_randint(low, high, p, shape.Length, TypeOr(dtype, ScalarType.Int64), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        device = InitializeDevice(device);
        return Tensor.Wrap(Native.ts_randperm(n, TypeOr(dtype, ScalarType.Int64), (int)device.type, device.index, requires_grad ? 1 : 0));
    }

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        device = InitializeDevice(device);
        ScalarValue a = start.Value, b = stop.Value, c = step.Value;
        var fallback = a.Kind == 0 || b.Kind == 0 || c.Kind == 0 ? ScalarType.Float32 : ScalarType.Int64;
        return Tensor.Wrap(Native.ts_arange(&a, &b, &c, TypeOr(dtype, fallback), (int)device.type, device.index, requires_grad ? 1 : 0));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        device = InitializeDevice(device);
        return Tensor.Wrap(Native.ts_linspace(start, end, steps, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
    }

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        device = InitializeDevice(device);
        return Tensor.Wrap(Native.ts_eye(rows, columns < 0 ? rows : columns, TypeOr(dtype, ScalarType.Float32), (int)device.type, device.index, requires_grad ? 1 : 0));
    }

    // ---- from values ----

    private static Tensor FromSpan<T>(ReadOnlySpan<T> values, ScalarType type, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        device = InitializeDevice(device);
        long count = 1;
        foreach (var d in dimensions)
        {
            count *= d;
        }

        if (count > values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");
        }

        fixed (T* data = values)
        fixed (long* p = dimensions)
        {
            return Tensor.Wrap(Native.ts_from_memory(data, (int)type, p, dimensions.Length, TypeOr(dtype, type), (int)device.type, device.index, requires_grad ? 1 : 0));
        }
    }

    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<byte>)[scalar], ScalarType.Byte, [], null, device, requires_grad);
    public static Tensor tensor(byte scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<byte>)[scalar], ScalarType.Byte, [], dtype, device, requires_grad);
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray, ScalarType.Byte, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray, ScalarType.Byte, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.ToArray(), ScalarType.Byte, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.ToArray(), ScalarType.Byte, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.ToArray(), ScalarType.Byte, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.ToArray(), ScalarType.Byte, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.ToArray(), ScalarType.Byte, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<byte>(rawArray.Span, ScalarType.Byte, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<byte>(rawArray, ScalarType.Byte, dtype, device, requires_grad);
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<byte>(rawArray, ScalarType.Byte, dtype, device, requires_grad);
    public static Tensor tensor(byte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<byte>(rawArray, ScalarType.Byte, dtype, device, requires_grad);

    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<sbyte>)[scalar], ScalarType.Int8, [], null, device, requires_grad);
    public static Tensor tensor(sbyte scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<sbyte>)[scalar], ScalarType.Int8, [], dtype, device, requires_grad);
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray, ScalarType.Int8, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray, ScalarType.Int8, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.ToArray(), ScalarType.Int8, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.ToArray(), ScalarType.Int8, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.ToArray(), ScalarType.Int8, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.ToArray(), ScalarType.Int8, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.ToArray(), ScalarType.Int8, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<sbyte>(rawArray.Span, ScalarType.Int8, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<sbyte>(rawArray, ScalarType.Int8, dtype, device, requires_grad);
    public static Tensor tensor(sbyte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<sbyte>(rawArray, ScalarType.Int8, dtype, device, requires_grad);
    public static Tensor tensor(sbyte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<sbyte>(rawArray, ScalarType.Int8, dtype, device, requires_grad);

    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<short>)[scalar], ScalarType.Int16, [], null, device, requires_grad);
    public static Tensor tensor(short scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<short>)[scalar], ScalarType.Int16, [], dtype, device, requires_grad);
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray, ScalarType.Int16, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray, ScalarType.Int16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.ToArray(), ScalarType.Int16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.ToArray(), ScalarType.Int16, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.ToArray(), ScalarType.Int16, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.ToArray(), ScalarType.Int16, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.ToArray(), ScalarType.Int16, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<short>(rawArray.Span, ScalarType.Int16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<short>(rawArray, ScalarType.Int16, dtype, device, requires_grad);
    public static Tensor tensor(short[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<short>(rawArray, ScalarType.Int16, dtype, device, requires_grad);
    public static Tensor tensor(short[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<short>(rawArray, ScalarType.Int16, dtype, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<int>)[scalar], ScalarType.Int32, [], null, device, requires_grad);
    public static Tensor tensor(int scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<int>)[scalar], ScalarType.Int32, [], dtype, device, requires_grad);
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray, ScalarType.Int32, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray, ScalarType.Int32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.ToArray(), ScalarType.Int32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.ToArray(), ScalarType.Int32, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.ToArray(), ScalarType.Int32, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.ToArray(), ScalarType.Int32, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.ToArray(), ScalarType.Int32, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<int>(rawArray.Span, ScalarType.Int32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<int>(rawArray, ScalarType.Int32, dtype, device, requires_grad);
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<int>(rawArray, ScalarType.Int32, dtype, device, requires_grad);
    public static Tensor tensor(int[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<int>(rawArray, ScalarType.Int32, dtype, device, requires_grad);

    public static Tensor tensor(long scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<long>)[scalar], ScalarType.Int64, [], null, device, requires_grad);
    public static Tensor tensor(long scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<long>)[scalar], ScalarType.Int64, [], dtype, device, requires_grad);
    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray, ScalarType.Int64, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray, ScalarType.Int64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.ToArray(), ScalarType.Int64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.ToArray(), ScalarType.Int64, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.ToArray(), ScalarType.Int64, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.ToArray(), ScalarType.Int64, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.ToArray(), ScalarType.Int64, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<long>(rawArray.Span, ScalarType.Int64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<long>(rawArray, ScalarType.Int64, dtype, device, requires_grad);
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<long>(rawArray, ScalarType.Int64, dtype, device, requires_grad);
    public static Tensor tensor(long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<long>(rawArray, ScalarType.Int64, dtype, device, requires_grad);

    public static Tensor tensor(Half scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<Half>)[scalar], ScalarType.Float16, [], null, device, requires_grad);
    public static Tensor tensor(Half scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<Half>)[scalar], ScalarType.Float16, [], dtype, device, requires_grad);
    public static Tensor tensor(Half[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray, ScalarType.Float16, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(Half[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray, ScalarType.Float16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.ToArray(), ScalarType.Float16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.ToArray(), ScalarType.Float16, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.ToArray(), ScalarType.Float16, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.ToArray(), ScalarType.Float16, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.ToArray(), ScalarType.Float16, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<Half>(rawArray.Span, ScalarType.Float16, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(Half[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<Half>(rawArray, ScalarType.Float16, dtype, device, requires_grad);
    public static Tensor tensor(Half[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<Half>(rawArray, ScalarType.Float16, dtype, device, requires_grad);
    public static Tensor tensor(Half[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<Half>(rawArray, ScalarType.Float16, dtype, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<float>)[scalar], ScalarType.Float32, [], null, device, requires_grad);
    public static Tensor tensor(float scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<float>)[scalar], ScalarType.Float32, [], dtype, device, requires_grad);
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray, ScalarType.Float32, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray, ScalarType.Float32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.ToArray(), ScalarType.Float32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.ToArray(), ScalarType.Float32, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.ToArray(), ScalarType.Float32, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.ToArray(), ScalarType.Float32, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.ToArray(), ScalarType.Float32, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<float>(rawArray.Span, ScalarType.Float32, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<float>(rawArray, ScalarType.Float32, dtype, device, requires_grad);
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<float>(rawArray, ScalarType.Float32, dtype, device, requires_grad);
    public static Tensor tensor(float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<float>(rawArray, ScalarType.Float32, dtype, device, requires_grad);

    public static Tensor tensor(double scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<double>)[scalar], ScalarType.Float64, [], null, device, requires_grad);
    public static Tensor tensor(double scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<double>)[scalar], ScalarType.Float64, [], dtype, device, requires_grad);
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray, ScalarType.Float64, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray, ScalarType.Float64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.ToArray(), ScalarType.Float64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.ToArray(), ScalarType.Float64, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.ToArray(), ScalarType.Float64, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.ToArray(), ScalarType.Float64, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.ToArray(), ScalarType.Float64, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<double>(rawArray.Span, ScalarType.Float64, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<double>(rawArray, ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<double>(rawArray, ScalarType.Float64, dtype, device, requires_grad);
    public static Tensor tensor(double[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<double>(rawArray, ScalarType.Float64, dtype, device, requires_grad);

    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<bool>)[scalar], ScalarType.Bool, [], null, device, requires_grad);
    public static Tensor tensor(bool scalar, ScalarType? dtype, Device? device = null, bool requires_grad = false) => FromSpan((ReadOnlySpan<bool>)[scalar], ScalarType.Bool, [], dtype, device, requires_grad);
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray, ScalarType.Bool, [rawArray.LongLength], dtype, device, requires_grad);
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray, ScalarType.Bool, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.ToArray(), ScalarType.Bool, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.ToArray(), ScalarType.Bool, [rawArray.Count], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.ToArray(), ScalarType.Bool, [rows, columns], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.ToArray(), ScalarType.Bool, [dim0, dim1, dim2], dtype, device, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.ToArray(), ScalarType.Bool, [dim0, dim1, dim2, dim3], dtype, device, requires_grad);
    public static Tensor tensor(Memory<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromSpan<bool>(rawArray.Span, ScalarType.Bool, dimensions, dtype, device, requires_grad);
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<bool>(rawArray, ScalarType.Bool, dtype, device, requires_grad);
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<bool>(rawArray, ScalarType.Bool, dtype, device, requires_grad);
    public static Tensor tensor(bool[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => FromArray<bool>(rawArray, ScalarType.Bool, dtype, device, requires_grad);

    private static Tensor FromArray<T>(Array array, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        var dimensions = new long[array.Rank];
        for (var i = 0; i < array.Rank; i++)
        {
            dimensions[i] = array.GetLongLength(i);
        }

        ref var first = ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array));
        var values = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref first, array.Length);
        return FromSpan(values, type, dimensions, dtype, device, requires_grad);
    }

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Type.GetTypeCode(rawArray.GetType().GetElementType()) switch
        {
            System.TypeCode.Byte => FromArray<byte>(rawArray, ScalarType.Byte, dtype, device, requires_grad),
            System.TypeCode.SByte => FromArray<sbyte>(rawArray, ScalarType.Int8, dtype, device, requires_grad),
            System.TypeCode.Int16 => FromArray<short>(rawArray, ScalarType.Int16, dtype, device, requires_grad),
            System.TypeCode.Int32 => FromArray<int>(rawArray, ScalarType.Int32, dtype, device, requires_grad),
            System.TypeCode.Int64 => FromArray<long>(rawArray, ScalarType.Int64, dtype, device, requires_grad),
            System.TypeCode.Single => FromArray<float>(rawArray, ScalarType.Float32, dtype, device, requires_grad),
            System.TypeCode.Double => FromArray<double>(rawArray, ScalarType.Float64, dtype, device, requires_grad),
            System.TypeCode.Boolean => FromArray<bool>(rawArray, ScalarType.Bool, dtype, device, requires_grad),
            _ => throw new NotSupportedException($"The type {rawArray.GetType().GetElementType()} is not supported."),
        };

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    // ---- the functional spelling of tensor methods ----

    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        var handles = Tensor.Handles(tensors);
        fixed (IntPtr* p = handles)
        {
            var result = Native.ts_cat(p, handles.Length, dim);
            GC.KeepAlive(tensors);
            return Tensor.Wrap(result);
        }
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var list = tensors.ToArray();
        var handles = Tensor.Handles(list);
        fixed (IntPtr* p = handles)
        {
            var result = Native.ts_stack(p, handles.Length, dim);
            GC.KeepAlive(list);
            return Tensor.Wrap(result);
        }
    }

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
    public static bool allclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => input.allclose(other, rtol, atol, equal_nan);
    public static bool equal(Tensor input, Tensor other) => input.Equals(other);
    public static bool array_equal(Tensor input, Tensor other) => input.Equals(other);
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);
    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0L) => input.chunk(chunks, dim);
    public static Tensor[] split(Tensor tensor, long split_size, long dim = 0) => tensor.split(split_size, dim);
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor mean(Tensor input) => input.mean();
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);
    public static Tensor max(Tensor input) => input.max();
    public static Tensor min(Tensor input) => input.min();
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);
    public static Tensor all(Tensor input) => input.all();
    public static Tensor any(Tensor input) => input.any();
    public static Tensor argmax(Tensor input) => input.argmax();
    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);
    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor div(Tensor left, Tensor right) => left.div(right);
    public static Tensor div(Tensor left, Scalar right) => left.div(right);

    public static Tensor abs(Tensor input) => input.abs();
    public static Tensor neg(Tensor input) => input.neg();
    public static Tensor exp(Tensor input) => input.exp();
    public static Tensor log(Tensor input) => input.log();
    public static Tensor log1p(Tensor input) => input.log1p();
    public static Tensor sqrt(Tensor input) => input.sqrt();
    public static Tensor rsqrt(Tensor input) => input.rsqrt();
    public static Tensor square(Tensor input) => input.square();
    public static Tensor sign(Tensor input) => input.sign();
    public static Tensor sigmoid(Tensor input) => input.sigmoid();
    public static Tensor tanh(Tensor input) => input.tanh();
    public static Tensor relu(Tensor input) => input.relu();
    public static Tensor isnan(Tensor input) => input.isnan();
    public static Tensor isinf(Tensor input) => input.isinf();
    public static Tensor isfinite(Tensor input) => input.isfinite();
    public static Tensor floor(Tensor input) => input.floor();
    public static Tensor ceil(Tensor input) => input.ceil();
    public static Tensor round(Tensor input) => input.round();
    public static Tensor sin(Tensor input) => input.sin();
    public static Tensor cos(Tensor input) => input.cos();
    public static Tensor erf(Tensor input) => input.erf();
    public static Tensor reciprocal(Tensor input) => input.reciprocal();
    public static Tensor logical_not(Tensor input) => input.logical_not();
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor logical_and(Tensor input, Tensor other) => input.logical_and(other);
    public static Tensor logical_or(Tensor input, Tensor other) => input.logical_or(other);
    public static Tensor matmul(Tensor input, Tensor other) => input.matmul(other);
    public static Tensor mm(Tensor input, Tensor other) => input.mm(other);
    public static Tensor bmm(Tensor input, Tensor other) => input.bmm(other);
    public static Tensor eq(Tensor input, Tensor other) => input.eq(other);
    public static Tensor ne(Tensor input, Tensor other) => input.ne(other);
    public static Tensor lt(Tensor input, Tensor other) => input.lt(other);
    public static Tensor le(Tensor input, Tensor other) => input.le(other);
    public static Tensor gt(Tensor input, Tensor other) => input.gt(other);
    public static Tensor ge(Tensor input, Tensor other) => input.ge(other);

    public class Size
    {
        public long[] Shape { get; }

        public Size(long[] shape) => Shape = (long[])shape.Clone();

        public static implicit operator Size(long[] size) => new(size);
        public static implicit operator Size(long size) => new([size]);
        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);
        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);
        public static implicit operator Size((long, long, long, long) size) => new([size.Item1, size.Item2, size.Item3, size.Item4]);
    }
}
