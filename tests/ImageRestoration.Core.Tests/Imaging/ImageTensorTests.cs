using System.Buffers;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Imaging;

public sealed class ImageTensorTests
{
    private static readonly ImageShape Shape = new(2, 3, 4, 5);

    [Fact]
    public void Create_IsZeroAlsoAfterReuse()
    {
        for (int i = 0; i < 4; i++)
        {
            using ImageTensor tensor = ImageTensor.Create(Shape);
            Assert.Equal(120, tensor.Span.Length);
            Assert.Equal(-1, tensor.Span.IndexOfAnyExcept(0f));
            tensor.Span.Fill(7);
        }
    }

    [Fact]
    public void PlaneAndRow_AreNchw()
    {
        using ImageTensor tensor = Counting();

        Assert.Equal(Enumerable.Range((1 * 3 + 2) * 20, 20).Select(i => (float)i), tensor.Plane(1, 2).ToArray());
        Assert.Equal(Enumerable.Range(((0 * 3 + 1) * 20) + (3 * 5), 5).Select(i => (float)i), tensor.Row(0, 1, 3).ToArray());
        Assert.Equal((2, 3, 4, 5), (tensor.Batch, tensor.Channels, tensor.Height, tensor.Width));
    }

    [Theory]
    [InlineData(2, 0, 0, "batch")]
    [InlineData(-1, 0, 0, "batch")]
    [InlineData(0, 3, 0, "channel")]
    [InlineData(0, -1, 0, "channel")]
    [InlineData(0, 0, 4, "row")]
    [InlineData(0, 0, -1, "row")]
    public void Row_OutOfRange_NamesTheArgument(int batch, int channel, int row, string argument)
    {
        using ImageTensor tensor = Counting();

        Assert.Equal(argument, Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Row(batch, channel, row).Length).ParamName);
    }

    [Fact]
    public void Wrap_SharesMemoryAndLeavesItToItsOwner()
    {
        float[] memory = new float[120];
        ImageTensor tensor = ImageTensor.Wrap(memory, Shape);
        tensor.Row(1, 2, 3)[4] = 9;
        tensor.Dispose();

        Assert.Equal(9, memory[^1]);
        memory[0] = 1;
    }

    [Theory]
    [InlineData(119)]
    [InlineData(121)]
    public void Wrap_OtherLength_SaysBoth(int length)
    {
        string message = Assert.Throws<TensorShapeException>(() => ImageTensor.Wrap(new float[length], Shape)).Message;

        Assert.Contains($"holds {length} values; shape 2×3×4×5 needs 120", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_DisposesTheOwnerOnceAndUsesItsBeginning()
    {
        var owner = new CountingOwner(200);
        ImageTensor tensor = ImageTensor.Take(owner, Shape);
        tensor.Span.Fill(1);
        Assert.Equal(120, tensor.Span.Length);
        Assert.Equal(120, owner.Memory.Span.Count(1f));
        Assert.Equal(0, owner.Disposals);

        tensor.Dispose();
        tensor.Dispose();

        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public void Take_TooShort_LeavesTheOwnerToTheCaller()
    {
        var owner = new CountingOwner(119);

        Assert.Throws<TensorShapeException>(() => ImageTensor.Take(owner, Shape));

        Assert.Equal(0, owner.Disposals);
    }

    [Fact]
    public void Clone_IsIndependent()
    {
        using ImageTensor tensor = Counting();
        using ImageTensor copy = tensor.Clone();
        Assert.Equal(tensor.Span.ToArray(), copy.Span.ToArray());
        Assert.Equal(tensor.Shape, copy.Shape);

        copy.Span.Clear();

        Assert.Equal(119, tensor.Span[^1]);
    }

    [Fact]
    public void Clamp_LimitsInPlace()
    {
        using ImageTensor tensor = ImageTensor.Wrap(new[] { -1f, 0f, 0.5f, 1f, 2f }, ImageShape.Single(1, 1, 5));
        tensor.Clamp();
        Assert.Equal([0f, 0f, 0.5f, 1f, 1f], tensor.Span.ToArray());
        tensor.Clamp(0.25f, 0.75f);
        Assert.Equal([0.25f, 0.25f, 0.5f, 0.75f, 0.75f], tensor.Span.ToArray());
    }

    [Fact]
    public void Use_AfterDispose_Throws()
    {
        foreach (ImageTensor tensor in new[] { ImageTensor.Create(Shape), ImageTensor.Wrap(new float[120], Shape), ImageTensor.Take(new CountingOwner(120), Shape) })
        {
            tensor.Dispose();
            tensor.Dispose();

            Assert.Throws<ObjectDisposedException>(() => tensor.Memory);
            Assert.Throws<ObjectDisposedException>(() => tensor.Span.Length);
            Assert.Throws<ObjectDisposedException>(() => tensor.Plane(0, 0).Length);
            Assert.Throws<ObjectDisposedException>(() => tensor.Row(0, 0, 0).Length);
            Assert.Throws<ObjectDisposedException>(tensor.Clone);
            Assert.Throws<ObjectDisposedException>(() => tensor.Clamp());
            Assert.Equal(Shape, tensor.Shape);
        }
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, -5)]
    public void Create_DimensionBelowOne_IsRefused(int batch, int channels, int height, int width)
    {
        var shape = new ImageShape(batch, channels, height, width);

        foreach (Func<object> make in Makers(shape))
        {
            Assert.Contains("Every dimension of an image tensor is at least 1", Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, 3, 30_000, 30_000)]
    [InlineData(65_536, 65_536, 65_536, 65_536)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)]
    public void Create_TooLarge_SaysToTile(int batch, int channels, int height, int width)
    {
        var shape = new ImageShape(batch, channels, height, width);

        foreach (Func<object> make in Makers(shape))
        {
            Assert.Contains("Process the picture in tiles", Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ImageShape_Counts()
    {
        Assert.Equal(120, Shape.ElementCount);
        Assert.Equal(20, Shape.PixelCount);
        Assert.Equal("2×3×4×5", Shape.ToString());
        Assert.Equal(new ImageShape(1, 3, 4, 5), ImageShape.Single(3, 4, 5));
        Assert.Equal(10_000_000_000, new ImageShape(1, 1, 100_000, 100_000).ElementCount);
    }

    private static IEnumerable<Func<object>> Makers(ImageShape shape) =>
    [
        () => ImageTensor.Create(shape),
        () => ImageTensor.CreateUninitialized(shape),
        () => ImageTensor.Wrap(Memory<float>.Empty, shape),
        () => ImageTensor.Take(new CountingOwner(0), shape),
    ];

    private static ImageTensor Counting() => ImageTensor.Wrap(Enumerable.Range(0, 120).Select(i => (float)i).ToArray(), Shape);

    private sealed class CountingOwner(int length) : IMemoryOwner<float>
    {
        public Memory<float> Memory { get; } = new float[length];

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
