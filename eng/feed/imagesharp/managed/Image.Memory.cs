using System.Buffers;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract partial class Image
{
    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<TPixel> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => LoadPixelData(Configuration.Default, data, width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel> => LoadPixelData<TPixel>(Configuration.Default, data, width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(
        Configuration configuration,
        ReadOnlySpan<byte> data,
        int width,
        int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => LoadPixelData(configuration, MemoryMarshal.Cast<byte, TPixel>(data), width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(
        Configuration configuration,
        ReadOnlySpan<TPixel> data,
        int width,
        int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        int count = checked(width * height);
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, count, nameof(data));
        Image<TPixel> image = new(configuration, width, height);
        data[..count].CopyTo(image.Frames.RootFrame.Pixels);
        return image;
    }

    public static Image<TPixel> WrapMemory<TPixel>(
        Configuration configuration,
        Memory<TPixel> pixelMemory,
        int width,
        int height,
        ImageMetadata metadata)
        where TPixel : unmanaged, IPixel<TPixel>
        => Wrap(configuration, pixelMemory, null, width, height, metadata, nameof(pixelMemory));

    public static Image<TPixel> WrapMemory<TPixel>(
        Configuration configuration,
        Memory<TPixel> pixelMemory,
        int width,
        int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => WrapMemory(configuration, pixelMemory, width, height, new ImageMetadata());

    public static Image<TPixel> WrapMemory<TPixel>(Memory<TPixel> pixelMemory, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => WrapMemory(Configuration.Default, pixelMemory, width, height);

    public static Image<TPixel> WrapMemory<TPixel>(
        Configuration configuration,
        IMemoryOwner<TPixel> pixelMemoryOwner,
        int width,
        int height,
        ImageMetadata metadata)
        where TPixel : unmanaged, IPixel<TPixel>
        => Wrap(
            configuration,
            pixelMemoryOwner.Memory,
            pixelMemoryOwner,
            width,
            height,
            metadata,
            nameof(pixelMemoryOwner));

    public static Image<TPixel> WrapMemory<TPixel>(
        Configuration configuration,
        IMemoryOwner<TPixel> pixelMemoryOwner,
        int width,
        int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => WrapMemory(configuration, pixelMemoryOwner, width, height, new ImageMetadata());

    public static Image<TPixel> WrapMemory<TPixel>(IMemoryOwner<TPixel> pixelMemoryOwner, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => WrapMemory(Configuration.Default, pixelMemoryOwner, width, height);

    private static Image<TPixel> Wrap<TPixel>(
        Configuration configuration,
        Memory<TPixel> pixels,
        IDisposable? owner,
        int width,
        int height,
        ImageMetadata metadata,
        string parameter)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(metadata);
        if (pixels.Length < (long)width * height)
        {
            throw new ArgumentException("The length of the input memory is less than the specified image size", parameter);
        }

        return new Image<TPixel>(
            configuration,
            metadata,
            new ImageFrame<TPixel>(configuration, width, height, pixels, owner));
    }
}
