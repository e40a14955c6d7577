using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>What needs no codec: PNG, and writing TIFF, by the readers and writers of rows.</summary>
internal sealed class BuiltInCodec : IPhotoCodec
{
    private const int BandRows = 64;

    /// <inheritdoc/>
    public string Name => "ImageRestoration.Photos";

    /// <inheritdoc/>
    public ImmutableArray<PhotoCodecFormat> Formats { get; } =
    [
        new(PhotoFormat.Png)
        {
            ReadBits = [8, 16], WriteBits = [8, 16], Alpha = true, Icc = true, Exif = true, Xmp = true, ReadsRows = true, WritesRows = true,
        },
        new(PhotoFormat.Tiff) { WriteBits = [8, 16, 32], Alpha = true, Icc = true, Exif = true, Xmp = true, WritesRows = true },
    ];

    /// <inheritdoc/>
    public PhotoFacts Probe(ReadOnlyMemory<byte> file, CancellationToken cancellationToken) => PngInspector.Inspect(file.Span).Facts;

    /// <inheritdoc/>
    public DecodedPhoto Read(ReadOnlyMemory<byte> file, PhotoFacts facts, CancellationToken cancellationToken)
    {
        PngLayout layout = PngInspector.Inspect(file.Span);
        PhotoMetadata metadata = PngMetadata.Parse(layout.Metadata);
        var options = new RowSourceOptions
        {
            MaximumPixels = long.MaxValue, MaximumWidth = int.MaxValue, MaximumMetadataSize = int.MaxValue, FirstFrameOnly = true,
        };
        if (layout.Pixels.IsInterlaced)
        {
            (ImageTensor interlaced, ImageTensor? transparency) = PngPassReader.Read(file, layout, options, cancellationToken);
            return new DecodedPhoto(interlaced, WithoutOpaque(transparency), facts, metadata);
        }

        using IRowSource source = RowFile.Open(MemoryStreams.Open(file), options);
        (ImageTensor color, ImageTensor? alpha) = ReadAll(source, cancellationToken);
        return new DecodedPhoto(color, WithoutOpaque(alpha), facts, metadata);
    }

    /// <inheritdoc/>
    public void Write(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        bool png = photo.Facts.Format == PhotoFormat.Png;
        int channels = photo.Image.Channels + (photo.Alpha is null ? 0 : 1);
        var format = new RowFormat(photo.Image.Width, photo.Image.Height, channels, photo.Facts.Bits)
        {
            Metadata = PngMetadata.ToChunks(photo.Metadata, withIptc: !png),
        };
        var compression = new PngWriteOptions { CompressionLevel = options.PngCompressionLevel };
        using IRowSink sink = png
            ? RowFile.CreatePng(target, format, compression, leaveOpen: true)
            : RowFile.CreateTiff(target, format, leaveOpen: true);
        WriteAll(sink, photo, cancellationToken);
        sink.Complete();
    }

    /// <inheritdoc/>
    public IRowSource OpenRows(string path, RowSourceOptions options) => RowFile.Open(path, options);

    private static (ImageTensor Color, ImageTensor? Alpha) ReadAll(IRowSource source, CancellationToken cancellationToken)
    {
        RowFormat format = source.Format;
        ImageTensor color = ImageTensor.CreateUninitialized(ImageShape.Single(format.ColorChannels, format.Height, format.Width));
        ImageTensor? alpha = format.HasAlpha ? ImageTensor.CreateUninitialized(color.Shape with { Channels = 1 }) : null;
        try
        {
            using ImageTensor? band = alpha is null
                ? null
                : ImageTensor.CreateUninitialized(ImageShape.Single(format.Channels, BandRows, format.Width));
            for (int top = 0; top < format.Height; top += BandRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(BandRows, format.Height - top);
                source.Read(band ?? color, band is null ? top : 0, count);
                for (int c = 0; band is not null && c < format.Channels; c++)
                {
                    Span<float> target = c < color.Channels ? color.Plane(0, c) : alpha!.Plane(0, 0);
                    band.Plane(0, c)[..(count * format.Width)].CopyTo(target[(top * format.Width)..]);
                }
            }

            return (color, alpha);
        }
        catch
        {
            color.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    private static void WriteAll(IRowSink sink, DecodedPhoto photo, CancellationToken cancellationToken)
    {
        RowFormat format = sink.Format;
        using ImageTensor? band = photo.Alpha is null
            ? null
            : ImageTensor.CreateUninitialized(ImageShape.Single(format.Channels, BandRows, format.Width));
        for (int top = 0; top < format.Height; top += BandRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BandRows, format.Height - top);
            for (int c = 0; band is not null && c < format.Channels; c++)
            {
                ReadOnlySpan<float> source = c < photo.Image.Channels ? photo.Image.Plane(0, c) : photo.Alpha!.Plane(0, 0);
                source.Slice(top * format.Width, count * format.Width).CopyTo(band.Plane(0, c));
            }

            sink.Write(band ?? photo.Image, band is null ? top : 0, count);
        }
    }

    /// <summary>An alpha channel that is opaque everywhere says nothing, so nothing is lost without it.</summary>
    private static ImageTensor? WithoutOpaque(ImageTensor? alpha)
    {
        if (alpha is null || alpha.Span.ContainsAnyExcept(1f))
        {
            return alpha;
        }

        alpha.Dispose();
        return null;
    }
}
