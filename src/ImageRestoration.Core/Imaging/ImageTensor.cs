using System.Buffers;
using System.Numerics.Tensors;

namespace ImageRestoration.Imaging;

/// <summary>
/// A batch of pictures as float32 values in NCHW order (batch, channel, row, column). Channels are RGB or grey,
/// gamma-encoded as in the file (usually sRGB), with nominal range [0, 1].
/// </summary>
/// <remarks>
/// A tensor made by <see cref="Create"/> rents its memory from a pool and gives it back on <see cref="Dispose"/>;
/// one made by <see cref="Wrap"/> leaves the memory with its owner. Instances are not synchronised: reading from
/// several threads is safe while nobody writes.
/// </remarks>
public sealed class ImageTensor : IDisposable
{
    private Memory<float> _memory;
    private float[]? _rented;
    private IMemoryOwner<float>? _owner;
    private bool _disposed;

    private ImageTensor(Memory<float> memory, ImageShape shape, float[]? rented, IMemoryOwner<float>? owner)
    {
        _memory = memory;
        _rented = rented;
        _owner = owner;
        Shape = shape;
    }

    /// <summary>Batch, channels, height and width.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of pictures.</summary>
    public int Batch => Shape.Batch;

    /// <summary>Planes per picture: 1 for grey, 3 for RGB.</summary>
    public int Channels => Shape.Channels;

    /// <summary>Rows.</summary>
    public int Height => Shape.Height;

    /// <summary>Columns.</summary>
    public int Width => Shape.Width;

    /// <summary>All values in NCHW order.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public Memory<float> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory;
        }
    }

    /// <summary>All values in NCHW order.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public Span<float> Span => Memory.Span;

    /// <summary>Creates a tensor of zeros in pooled memory; the caller disposes it.</summary>
    /// <param name="shape">Batch, channels, height, width; each at least 1.</param>
    /// <returns>The tensor.</returns>
    public static ImageTensor Create(ImageShape shape)
    {
        ImageTensor tensor = CreateUninitialized(shape);
        tensor.Span.Clear();
        return tensor;
    }

    /// <summary>Creates a tensor with arbitrary contents in pooled memory, for callers that write every value and dispose it.</summary>
    /// <param name="shape">Batch, channels, height, width; each at least 1.</param>
    /// <returns>The tensor.</returns>
    public static ImageTensor CreateUninitialized(ImageShape shape)
    {
        shape.ThrowIfInvalid(nameof(shape));
        int length = (int)shape.ElementCount;
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        return new ImageTensor(rented.AsMemory(0, length), shape, rented, owner: null);
    }

    /// <summary>Puts a tensor around memory that stays the caller's; disposing the tensor does not release it.</summary>
    /// <param name="memory">Values in NCHW order; its length is the shape's element count.</param>
    /// <param name="shape">Batch, channels, height, width.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="TensorShapeException">The memory's length differs from the shape's element count.</exception>
    public static ImageTensor Wrap(Memory<float> memory, ImageShape shape)
    {
        shape.ThrowIfInvalid(nameof(shape));
        ThrowIfLengthDiffers(memory.Length, shape);
        return new ImageTensor(memory, shape, rented: null, owner: null);
    }

    /// <summary>Takes over memory with its owner; disposing the tensor disposes the owner.</summary>
    /// <param name="owner">Owner of at least as many values as the shape has.</param>
    /// <param name="shape">Batch, channels, height, width.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="TensorShapeException">The memory is shorter than the shape's element count.</exception>
    public static ImageTensor Take(IMemoryOwner<float> owner, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(owner);
        shape.ThrowIfInvalid(nameof(shape));
        if (owner.Memory.Length < shape.ElementCount)
        {
            ThrowIfLengthDiffers(owner.Memory.Length, shape);
        }

        return new ImageTensor(owner.Memory[..(int)shape.ElementCount], shape, rented: null, owner);
    }

    /// <summary>One picture of the batch, as a view: it shares this tensor's memory and must not outlive it.</summary>
    /// <param name="batch">Picture, from 0.</param>
    /// <returns>A tensor of 1 × channels × height × width.</returns>
    public ImageTensor Image(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)batch, (uint)Batch, nameof(batch));
        int length = Channels * Height * Width;
        return Wrap(Memory.Slice(batch * length, length), Shape with { Batch = 1 });
    }

    /// <summary>One plane: the values of one channel of one picture, row by row.</summary>
    /// <param name="batch">Picture, from 0.</param>
    /// <param name="channel">Channel, from 0.</param>
    /// <returns>height × width values.</returns>
    public Span<float> Plane(int batch, int channel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)batch, (uint)Batch, nameof(batch));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)channel, (uint)Channels, nameof(channel));
        int plane = Height * Width;
        return Span.Slice(((batch * Channels) + channel) * plane, plane);
    }

    /// <summary>One row of one plane.</summary>
    /// <param name="batch">Picture, from 0.</param>
    /// <param name="channel">Channel, from 0.</param>
    /// <param name="row">Row, from 0.</param>
    /// <returns>width values.</returns>
    public Span<float> Row(int batch, int channel, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height, nameof(row));
        return Plane(batch, channel).Slice(row * Width, Width);
    }

    /// <summary>Copies all values into a new tensor; the caller disposes it.</summary>
    /// <returns>The copy.</returns>
    public ImageTensor Clone()
    {
        ImageTensor copy = CreateUninitialized(Shape);
        Span.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>Limits every value to a range, in place.</summary>
    /// <param name="minimum">Lower limit.</param>
    /// <param name="maximum">Upper limit.</param>
    public void Clamp(float minimum = 0f, float maximum = 1f) => TensorPrimitives.Clamp(Span, minimum, maximum, Span);

    /// <summary>Gives the memory back to its pool or owner. Further use throws; a second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _memory = default;
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<float>.Shared.Return(rented);
        }

        _owner?.Dispose();
        _owner = null;
    }

    private static void ThrowIfLengthDiffers(int length, ImageShape shape)
    {
        if (length != shape.ElementCount)
        {
            throw ImagingErrors.OtherLength(length, shape);
        }
    }
}
