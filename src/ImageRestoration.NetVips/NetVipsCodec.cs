using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using NetVips;

namespace ImageRestoration.NetVips;

/// <summary>
/// Decodes JPEG, WebP, AVIF and TIFF (also BigTIFF, and with 32-bit floating-point numbers) and encodes JPEG, WebP and AVIF through
/// libvips. HEIC is decoded where the native library has a decoder of HEVC, which that of NetVips.Native has not. TIFF and JPEG are also
/// read row by row.
/// </summary>
/// <remarks>
/// Holds nothing; safe from several threads. The native library is loaded when the first file is read or written: the application
/// references NetVips.Native. It is told then to keep no results of operations, so that memory stays bounded.
/// </remarks>
public sealed class NetVipsCodec : IPhotoCodec
{
    private const int BandRows = 64;

    /// <inheritdoc/>
    public string Name => "ImageRestoration.NetVips";

    /// <inheritdoc/>
    public ImmutableArray<PhotoCodecFormat> Formats { get; } =
    [
        new(PhotoFormat.Jpeg) { ReadBits = [8], WriteBits = [8], Icc = true, Exif = true, Xmp = true, ReadsRows = true },
        new(PhotoFormat.Webp) { ReadBits = [8], WriteBits = [8], Alpha = true, Grey = false, Icc = true, Exif = true, Xmp = true },
        new(PhotoFormat.Tiff) { ReadBits = [8, 16, 32], Alpha = true, Icc = true, Exif = true, Xmp = true, ReadsRows = true },
        new(PhotoFormat.Avif) { ReadBits = [8, 16], WriteBits = [8, 16], Alpha = true, Grey = false, Icc = true, Exif = true, Xmp = true },
        new(PhotoFormat.Heic) { ReadBits = [8, 16], Alpha = true, Grey = false, Icc = true, Exif = true, Xmp = true },
    ];

    /// <inheritdoc/>
    public PhotoFacts Probe(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        using VipsPicture picture = Open(file.ToArray());
        return picture.Facts;
    }

    /// <inheritdoc/>
    public DecodedPhoto Read(ReadOnlyMemory<byte> file, PhotoFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        byte[] bytes = file.ToArray();
        using VipsPicture picture = Open(bytes);
        if (facts.Format == PhotoFormat.Tiff && !TiffDirectories.HasRightChecksums(bytes, cancellationToken))
        {
            throw VipsErrors.WrongChecksum();
        }

        ImageTensor color = ImageTensor.CreateUninitialized(
            ImageShape.Single(picture.Channels < 3 ? 1 : 3, (int)facts.Height, (int)facts.Width));
        ImageTensor? alpha = null;
        try
        {
            alpha = picture.HasAlpha ? ImageTensor.CreateUninitialized(color.Shape with { Channels = 1 }) : null;
            for (int top = 0; top < color.Height; top += BandRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int first = top;
                Span<float> Row(int channel, int y)
                    => channel < color.Channels ? color.Row(0, channel, first + y) : alpha!.Row(0, 0, first + y);
                picture.Read(top, Math.Min(BandRows, color.Height - top), Row);
            }

            // An alpha channel that is opaque everywhere says nothing, so nothing is lost without it.
            if (alpha is not null && !alpha.Span.ContainsAnyExcept(1f))
            {
                alpha.Dispose();
                alpha = null;
            }

            return new DecodedPhoto(color, alpha, facts, picture.ReadMetadata(new MemoryStream(bytes, writable: false)));
        }
        catch (VipsException exception)
        {
            color.Dispose();
            alpha?.Dispose();
            throw Wrap(facts.Format, exception);
        }
        catch
        {
            color.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(options);
        VipsLibrary.ThrowIfUnavailable();
        try
        {
            VipsEncoder.Encode(target, photo, options, cancellationToken);
        }
        catch (VipsException exception)
        {
            throw VipsErrors.NotEncoded(photo.Facts.Format, exception);
        }
    }

    /// <inheritdoc/>
    public IRowSource OpenRows(string path, RowSourceOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        VipsLibrary.ThrowIfUnavailable();
        byte[] start = new byte[PhotoFormats.SignatureLength];
        using FileStream file = File.OpenRead(path);
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (PhotoFormats.FromSignature(start.AsSpan(0, length)) is not (PhotoFormat.Tiff or PhotoFormat.Jpeg))
        {
            throw VipsErrors.NoRows(PhotoFormats.FromSignature(start) ?? PhotoFormat.Png);
        }

        VipsPicture picture = Open(start, () => Image.NewFromFile(path, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error));
        try
        {
            options.ThrowIfTooLarge(picture.Facts.Width, picture.Facts.Height);
            return picture.Facts switch
            {
                { Color: PhotoColor.Cmyk } => throw VipsErrors.Cmyk(),
                { Frames: > 1 } when !options.FirstFrameOnly => throw VipsErrors.SeveralPages(picture.Facts.Frames),
                _ => new VipsRowSource(picture, picture.ReadMetadata(file)),
            };
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private static VipsPicture Open(byte[] file)
    {
        VipsLibrary.ThrowIfUnavailable();
        return Open(file, () => Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error));
    }

    private static VipsPicture Open(ReadOnlySpan<byte> file, Func<Image> open)
    {
        PhotoFormat format = PhotoFormats.FromSignature(file) ?? PhotoFormat.Tiff;
        bool lossless = format == PhotoFormat.Tiff
            || (format == PhotoFormat.Webp && file[..Math.Min(file.Length, 1 << 16)].IndexOf("VP8L"u8) >= 0);
        Image? image = null;
        try
        {
            image = open();
            return new VipsPicture(image, format, lossless);
        }
        catch (VipsException exception)
        {
            image?.Dispose();
            throw Wrap(format, exception);
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    private static ImageFileException Wrap(PhotoFormat format, VipsException exception)
        => format == PhotoFormat.Heic ? VipsErrors.NoDecoder(format, exception) : VipsErrors.Damaged(exception);
}
