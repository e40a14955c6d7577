using ImageRestoration.Data;
using ImageRestoration.Imaging;

namespace ImageRestoration.Photos;

/// <summary>A picture of a folder, decoded or still to be.</summary>
/// <param name="Path">The file.</param>
/// <param name="Files">Decodes it.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Bits">Bits of a sample: 8 or 16.</param>
internal sealed record PictureFile(string Path, PhotoFiles Files, int Channels, int Height, int Width, int Bits)
{
    private static readonly ImageLoadOptions _loadOptions = new() { ApplyOrientation = false, DiscardAlpha = true };

    /// <summary>The pixels, where they stay in memory.</summary>
    internal PackedImage? Resident { get; init; }

    /// <summary>Bytes that the pixels take or would take in memory.</summary>
    internal long ByteCount => (long)Channels * Height * Width * (Bits / 8);

    /// <summary>Looks at a file without decoding its pixels.</summary>
    /// <exception cref="ImageFileException">The file cannot be used.</exception>
    internal static async Task<PictureFile> InspectAsync(
        string path, PhotoFiles files, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        PhotoFacts facts = await files.Reader.InspectAsync(path, _loadOptions, cancellationToken).ConfigureAwait(false);
        if (facts.Format == PhotoFormat.Png)
        {
            // Its checksums are compared only where it is decoded.
            return await DecodeAsync(path, files, options, cancellationToken).ConfigureAwait(false) with { Resident = null };
        }

        int channels = facts.Color == PhotoColor.Grey || options.ConvertToGrey ? 1 : 3;
        var file = new PictureFile(path, files, channels, (int)facts.Height, (int)facts.Width, PackedBits(facts.Bits));
        file.ThrowIfUnfit(options);
        return file;
    }

    /// <summary>Decodes a file.</summary>
    /// <exception cref="ImageFileException">The file cannot be used.</exception>
    internal static async Task<PictureFile> DecodeAsync(
        string path, PhotoFiles files, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        PackedImage pixels = await ReadAsync(path, files, options.ConvertToGrey, cancellationToken).ConfigureAwait(false);
        var file = new PictureFile(path, files, pixels.Channels, pixels.Height, pixels.Width, pixels.Bits) { Resident = pixels };
        file.ThrowIfUnfit(options);
        return file;
    }

    /// <summary>Decodes the file when its turn comes.</summary>
    /// <exception cref="TrainingException">The file cannot be decoded, or has changed.</exception>
    internal PackedImage Decode()
    {
        PackedImage pixels;
        try
        {
            pixels = ReadAsync(Path, Files, grey: Channels == 1, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (ImageFileException e)
        {
            throw new TrainingException(
                $"{e.Message} Training goes on without the file if it is taken away, "
                + $"or if {nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.Verify)} has it found while loading.",
                e);
        }

        return (pixels.Channels, pixels.Height, pixels.Width) == (Channels, Height, Width)
            ? pixels
            : throw new TrainingException(
                Invariant($"'{Path}' was a picture of {Channels}×{Height}×{Width} (channels×height×width) when it was listed ")
                + Invariant($"and is one of {pixels.Channels}×{pixels.Height}×{pixels.Width} now. ")
                + "Leave the files alone while they are trained on.");
    }

    private static async Task<PackedImage> ReadAsync(string path, PhotoFiles files, bool grey, CancellationToken cancellationToken)
    {
        using DecodedPhoto decoded = await files.Reader.ReadAsync(path, _loadOptions, cancellationToken).ConfigureAwait(false);
        using ImageTensor? luminance = grey && decoded.Image.Channels == 3 ? Luminance.FromRgb(decoded.Image) : null;
        return PackedImage.Pack(luminance ?? decoded.Image, PackedBits(decoded.Facts.Bits));
    }

    // Floating-point numbers are rounded to 16 bits.
    private static int PackedBits(int bits) => Math.Min(bits, 16);

    private void ThrowIfUnfit(ImageFolderOptions options)
    {
        if (Height < options.MinimumSize || Width < options.MinimumSize)
        {
            throw new ImageFileException(Invariant($"{Height}×{Width} is smaller than {options.MinimumSize}×{options.MinimumSize}."));
        }

        if (Channels > options.Channels)
        {
            throw new ImageFileException("the picture is in colour and grey pictures are asked for. "
                + $"Set {nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.ConvertToGrey)} or convert it.");
        }
    }
}
