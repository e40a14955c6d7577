using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using SixLabors.ImageSharp;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Decodes JPEG, WebP and TIFF and encodes JPEG and WebP through SixLabors.ImageSharp 2: in C# alone, so that it runs wherever .NET does,
/// and trims. Truncated files are refused, also where ImageSharp would fill in grey or black.
/// </summary>
/// <remarks>Holds nothing; safe from several threads.</remarks>
public sealed class ImageSharpCodec : IPhotoCodec
{
    private const string Remedy = "Copy or download the picture again, or save it as an ordinary PNG, JPEG, WebP or TIFF of grey or RGB.";

    /// <inheritdoc/>
    public string Name => "ImageRestoration.ImageSharp";

    /// <inheritdoc/>
    public ImmutableArray<PhotoCodecFormat> Formats { get; } =
    [
        new(PhotoFormat.Jpeg) { ReadBits = [8], WriteBits = [8], Icc = true, Exif = true, Xmp = true },
        new(PhotoFormat.Webp) { ReadBits = [8], WriteBits = [8], Alpha = true, Grey = false, Icc = true, Exif = true, Xmp = true },
        new(PhotoFormat.Tiff) { ReadBits = [8, 16], Alpha = true, Icc = true, Exif = true, Xmp = true },
    ];

    /// <inheritdoc/>
    public PhotoFacts Probe(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        FileFacts facts = Inspect(file, cancellationToken);
        return new PhotoFacts(facts.Format, facts.Width, facts.Height)
        {
            Color = facts.IsCmyk ? PhotoColor.Cmyk : facts.IsGrey ? PhotoColor.Grey : PhotoColor.Rgb,
            Bits = facts.Bits,
            HasAlpha = facts.HasAlpha,
            Frames = facts.Frames,
            IsLossless = facts.IsLossless,
        };
    }

    /// <inheritdoc/>
    public DecodedPhoto Read(ReadOnlyMemory<byte> file, PhotoFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FileFacts details = Inspect(file, cancellationToken);
        byte[] bytes = ArrayOf(file);
        foreach (DeflatedBlock block in details.Deflated)
        {
            ThrowIfFaulty(block.FindFault(bytes, cancellationToken));
        }

        using Image image = FileDecoder.Decode(bytes, file.Length, details, cancellationToken);
        FileMetadata.Collect(image);
        ImageTensor tensor = image.ToImageTensor(out ImageTensor? alpha);
        return new DecodedPhoto(tensor, alpha, facts, FileMetadata.ToPhotoMetadata(image.Metadata, details.Icc));
    }

    /// <inheritdoc/>
    public void Write(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            FileEncoder.Encode(target, photo, options, cancellationToken);
        }
        catch (Exception exception) when (exception is ImageFormatException or InvalidOperationException or ImageProcessingException)
        {
            throw new ImageFileException($"The picture cannot be encoded: {exception.Message} Save it as .png.", exception);
        }
    }

    /// <summary>Not supported: ImageSharp decodes whole pictures.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Bounds.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="UnsupportedImageException">Always.</exception>
    public IRowSource OpenRows(string path, RowSourceOptions options)
        => throw new UnsupportedImageException(
            "ImageSharp reads no format row by row. Use a PNG, or the codec of ImageRestoration.NetVips.", "ImageRestoration.NetVips");

    private static FileFacts Inspect(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        FileFacts facts = new(PhotoFormat.Jpeg, 0, 0);
        ThrowIfFaulty(PhotoFormats.FromSignature(bytes) switch
        {
            PhotoFormat.Jpeg => JpegInspector.FindFault(bytes, out facts),
            PhotoFormat.Webp => WebpInspector.FindFault(bytes, out facts),
            PhotoFormat.Tiff => TiffInspector.FindFault(bytes, out facts, cancellationToken),
            _ => "is none of JPEG, WebP and TIFF, which this codec reads",
        });
        return facts.Unsupported is { } kind
            ? throw new UnsupportedImageException($"The file {kind}. {Remedy}", "ImageRestoration.NetVips")
            : facts;
    }

    private static void ThrowIfFaulty(string? fault)
    {
        if (fault is not null)
        {
            throw new ImageFileException($"The file {fault}. {Remedy}");
        }
    }

    /// <summary>The file as an array of which it is the start.</summary>
    private static byte[] ArrayOf(ReadOnlyMemory<byte> file)
        => MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment) && segment.Offset == 0 ? segment.Array! : file.ToArray();
}
