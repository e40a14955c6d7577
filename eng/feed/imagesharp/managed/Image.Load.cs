using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract partial class Image
{
    // The longest header that the official detectors look at is of this order; ours need 12 bytes.
    private const int HeaderSize = 64;

    public static IImageFormat DetectFormat(ReadOnlySpan<byte> buffer) => DetectFormat(DecoderOptions.Default, buffer);

    public static IImageFormat DetectFormat(DecoderOptions options, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Configuration.ImageFormatsManager.Detect(buffer);
    }

    public static IImageFormat DetectFormat(string path) => DetectFormat(DecoderOptions.Default, path);

    public static IImageFormat DetectFormat(DecoderOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        using FileStream stream = OpenRead(path, false);
        return DetectFormat(options, stream);
    }

    public static async Task<IImageFormat> DetectFormatAsync(string path, CancellationToken cancellationToken = default)
        => await DetectFormatAsync(DecoderOptions.Default, path, cancellationToken).ConfigureAwait(false);

    public static async Task<IImageFormat> DetectFormatAsync(
        DecoderOptions options,
        string path,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using FileStream stream = OpenRead(path, true);
        return await DetectFormatAsync(options, stream, cancellationToken).ConfigureAwait(false);
    }

    public static IImageFormat DetectFormat(Stream stream) => DetectFormat(DecoderOptions.Default, stream);

    public static IImageFormat DetectFormat(DecoderOptions options, Stream stream)
    {
        Check(options, stream);
        long position = stream.CanSeek ? stream.Position : 0;
        byte[] header = new byte[HeaderSize];
        int count = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (stream.CanSeek)
        {
            stream.Position = position;
        }

        return options.Configuration.ImageFormatsManager.Detect(header.AsSpan(0, count));
    }

    public static Task<IImageFormat> DetectFormatAsync(Stream stream, CancellationToken cancellationToken = default)
        => DetectFormatAsync(DecoderOptions.Default, stream, cancellationToken);

    public static async Task<IImageFormat> DetectFormatAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
    {
        Check(options, stream);
        long position = stream.CanSeek ? stream.Position : 0;
        byte[] header = new byte[HeaderSize];
        int count = await stream.ReadAtLeastAsync(header, HeaderSize, false, cancellationToken).ConfigureAwait(false);
        if (stream.CanSeek)
        {
            stream.Position = position;
        }

        return options.Configuration.ImageFormatsManager.Detect(header.AsSpan(0, count));
    }

    public static ImageInfo Identify(ReadOnlySpan<byte> buffer) => Identify(DecoderOptions.Default, buffer);

    public static ImageInfo Identify(DecoderOptions options, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Decoder(options, buffer).IdentifyBytes(options, buffer.ToArray());
    }

    public static ImageInfo Identify(string path) => Identify(DecoderOptions.Default, path);

    public static ImageInfo Identify(DecoderOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        using FileStream stream = OpenRead(path, false);
        return Identify(options, stream);
    }

    public static Task<ImageInfo> IdentifyAsync(string path, CancellationToken cancellationToken = default)
        => IdentifyAsync(DecoderOptions.Default, path, cancellationToken);

    public static async Task<ImageInfo> IdentifyAsync(
        DecoderOptions options,
        string path,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using FileStream stream = OpenRead(path, true);
        return await IdentifyAsync(options, stream, cancellationToken).ConfigureAwait(false);
    }

    public static ImageInfo Identify(Stream stream) => Identify(DecoderOptions.Default, stream);

    public static ImageInfo Identify(DecoderOptions options, Stream stream)
    {
        Check(options, stream);
        byte[] data = ImageDecoder.ReadAll(options, stream);
        return Decoder(options, data).IdentifyBytes(options, data);
    }

    public static Task<ImageInfo> IdentifyAsync(Stream stream, CancellationToken cancellationToken = default)
        => IdentifyAsync(DecoderOptions.Default, stream, cancellationToken);

    public static async Task<ImageInfo> IdentifyAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
    {
        Check(options, stream);
        byte[] data = await ImageDecoder.ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false);
        return Decoder(options, data).IdentifyBytes(options, data);
    }

    public static Image Load(ReadOnlySpan<byte> buffer) => Load(DecoderOptions.Default, buffer);

    public static Image Load(DecoderOptions options, ReadOnlySpan<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Decoder(options, buffer).DecodeBytes(options, buffer.ToArray(), default);
    }

    public static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, data);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(options);
        return Decoder(options, data).DecodeBytes<TPixel>(options, data.ToArray(), default);
    }

    public static Image Load(string path) => Load(DecoderOptions.Default, path);

    public static Image Load(DecoderOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        using FileStream stream = OpenRead(path, false);
        return Load(options, stream);
    }

    public static Task<Image> LoadAsync(string path, CancellationToken cancellationToken = default)
        => LoadAsync(DecoderOptions.Default, path, cancellationToken);

    public static async Task<Image> LoadAsync(
        DecoderOptions options,
        string path,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using FileStream stream = OpenRead(path, true);
        return await LoadAsync(options, stream, cancellationToken).ConfigureAwait(false);
    }

    public static Image<TPixel> Load<TPixel>(string path)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, path);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, string path)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(options);
        using FileStream stream = OpenRead(path, false);
        return Load<TPixel>(options, stream);
    }

    public static Task<Image<TPixel>> LoadAsync<TPixel>(string path, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => LoadAsync<TPixel>(DecoderOptions.Default, path, cancellationToken);

    public static async Task<Image<TPixel>> LoadAsync<TPixel>(
        DecoderOptions options,
        string path,
        CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(options);
        await using FileStream stream = OpenRead(path, true);
        return await LoadAsync<TPixel>(options, stream, cancellationToken).ConfigureAwait(false);
    }

    public static Image Load(Stream stream) => Load(DecoderOptions.Default, stream);

    public static Image Load(DecoderOptions options, Stream stream)
    {
        Check(options, stream);
        byte[] data = ImageDecoder.ReadAll(options, stream);
        return Decoder(options, data).DecodeBytes(options, data, default);
    }

    public static Task<Image> LoadAsync(Stream stream, CancellationToken cancellationToken = default)
        => LoadAsync(DecoderOptions.Default, stream, cancellationToken);

    public static async Task<Image> LoadAsync(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
    {
        Check(options, stream);
        byte[] data = await ImageDecoder.ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false);
        return Decoder(options, data).DecodeBytes(options, data, cancellationToken);
    }

    public static Image<TPixel> Load<TPixel>(Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(DecoderOptions.Default, stream);

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Check(options, stream);
        byte[] data = ImageDecoder.ReadAll(options, stream);
        return Decoder(options, data).DecodeBytes<TPixel>(options, data, default);
    }

    public static Task<Image<TPixel>> LoadAsync<TPixel>(Stream stream, CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel> => LoadAsync<TPixel>(DecoderOptions.Default, stream, cancellationToken);

    public static async Task<Image<TPixel>> LoadAsync<TPixel>(
        DecoderOptions options,
        Stream stream,
        CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Check(options, stream);
        byte[] data = await ImageDecoder.ReadAllAsync(options, stream, cancellationToken).ConfigureAwait(false);
        return Decoder(options, data).DecodeBytes<TPixel>(options, data, cancellationToken);
    }

    private static ImageDecoder Decoder(DecoderOptions options, ReadOnlySpan<byte> data)
    {
        ImageFormatManager formats = options.Configuration.ImageFormatsManager;
        return (ImageDecoder)formats.GetDecoder(formats.Detect(data));
    }

    private static void Check(DecoderOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new NotSupportedException("Cannot read from the stream.");
        }
    }

    private static FileStream OpenRead(string path, bool asynchronous)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, asynchronous);
    }
}
