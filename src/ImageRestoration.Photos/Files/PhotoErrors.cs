using System.Globalization;

namespace ImageRestoration.Photos;

/// <summary>What is said where a photograph cannot be read or written. A name is a quoted path, or words for a stream.</summary>
internal static class PhotoErrors
{
    private const string Remedy = "Copy or download the picture again, or save it as an ordinary PNG, JPEG, WebP or TIFF of grey or RGB.";
    private const string NetVips = "ImageRestoration.NetVips";
    private const string ImageSharp = "ImageRestoration.ImageSharp";

    internal static ImageFileException Named(string name, ImageFileException inner) => new($"{name}: {inner.Message}", inner);

    internal static ImageFileException Empty(string name) => new($"{name} is empty. Copy or download the picture again.");

    internal static ImageFileException NoImage(string name, ReadOnlySpan<byte> start)
    {
        string formats = string.Join(", ", Enum.GetValues<PhotoFormat>().Select(PhotoFormats.NameOf));
        string bytes = Convert.ToHexString(start[..Math.Min(4, start.Length)]);
        return new($"{name} is no {formats} file (it begins with the bytes {bytes}), or is damaged at its start. "
            + "Convert the picture to one of these.");
    }

    internal static ImageFileException Missing(string name, Exception inner)
        => new($"{name} does not exist. Check the path; a relative one starts at '{Environment.CurrentDirectory}'.", inner);

    internal static ImageFileException Unreadable(string name, bool isFolder, Exception inner)
    {
        string remedy = isFolder
            ? "It is a folder; give the path of a file."
            : "Check that the file may be read and no other program changes it.";
        return new($"{name} cannot be read: {inner.Message} {remedy}", inner);
    }

    internal static ImageFileException TooLong(string name)
        => new(Invariant($"{name} is longer than {Array.MaxLength} bytes, the most that are read at once. ")
            + "Save the picture with compression, cut it into parts, "
            + "or restore it row by row with RowRestorer.");

    internal static ImageFileException Corrupt(string name, Exception inner)
        => new($"{name} is corrupt or of a kind that cannot be decoded: {inner.Message.TrimEnd('.')}. {Remedy}", inner);

    internal static ImageFileException TooManyPixels(string name, PhotoFacts facts, long limit, bool mayRaise)
    {
        Int128 pixels = (Int128)facts.Width * facts.Height;
        string remedy = mayRaise
            ? $"If you trust the file, raise {nameof(ImageLoadOptions)}.{nameof(ImageLoadOptions.MaximumPixels)}."
            : "Cut the picture into parts, or restore it row by row with RowRestorer.";
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} is {facts.Width}×{facts.Height} pixels large, that is {pixels:N0}; at most {limit:N0} are decoded. {remedy}"));
    }

    internal static ImageFileException SeveralPictures(string name, PhotoFacts facts)
    {
        string kind = facts.Format is PhotoFormat.Png or PhotoFormat.Webp ? "is animated" : Invariant($"has {facts.Frames} pages");
        return new($"{name} {kind}, and only the first picture would be read. Export the pictures one by one, "
            + $"or take the first with {nameof(ImageLoadOptions)}.{nameof(ImageLoadOptions.FirstFrameOnly)}.");
    }

    internal static ImageFileException Cmyk(string name, PhotoFormat format)
        => new($"{name} is a {PhotoFormats.NameOf(format)} of four colour components (CMYK), "
            + "which cannot be shown as RGB without its colour profile. "
            + "Convert it to RGB.");

    internal static ImageFileException OutOfRange(string name, float value)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} holds floating-point numbers beyond 0 and 1, such as {value}, which would be lost. Scale the picture to [0, 1]."));

    internal static ImageFileException NoReader(string name, PhotoFormat format, IEnumerable<IPhotoCodec> codecs)
        => new($"{name} is in the format {PhotoFormats.NameOf(format)}, which no codec here reads ({Names(codecs)}). "
            + $"{Add(PackagesFor(format))}");

    internal static ImageFileException NoReader(string name, UnsupportedImageException inner, IEnumerable<IPhotoCodec> codecs)
    {
        bool helps = inner.SupportedBy is { } package && codecs.All(codec => codec.Name != package);
        return new($"{name}: {inner.Message}{(helps ? " " + Add(inner.SupportedBy!) : "")}", inner);
    }

    internal static ImageFileException NoWriter(string name, PhotoFormat format, IEnumerable<IPhotoCodec> codecs)
        => new($"{name} is to be in the format {PhotoFormats.NameOf(format)}, which no codec here writes ({Names(codecs)}). "
            + $"{Add(PackagesFor(format))}");

    internal static ImageFileException NoFormat(string name, string extension, IEnumerable<string> extensions)
    {
        string given = extension.Length == 0 ? "has no extension" : $"ends in {extension}";
        return new($"{name} {given}, which says no format that is written. Use {string.Join(", ", extensions)}.");
    }

    internal static ImageFileException NoRoomForAlpha(string name, PhotoFormat format)
        => new($"The picture has transparent pixels, and {name} is to be a {PhotoFormats.NameOf(format)}, which has no transparency. "
            + $"Save it as .png, .webp or .tiff, or use {nameof(AlphaHandling)}.{nameof(AlphaHandling.Discard)}.");

    internal static ImageFileException NoRoom(string name, PhotoFormat format, int width, int height)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"The picture is {width}×{height} pixels large, and {name} is to be a {PhotoFormats.NameOf(format)}, "
            + $"which has at most {PhotoFormats.MostPixelsOf(format):N0} columns and rows. Save it as .png or .tiff."));

    internal static ImageFileException TransparentPixels(string name)
        => new($"{name} has transparent pixels, and a tensor of RGB or grey has no place for them. Flatten the picture onto a background, "
            + $"leave its transparency aside with {nameof(ImageLoadOptions)}.{nameof(ImageLoadOptions.DiscardAlpha)}, "
            + $"or use {nameof(PhotoRestorer)}, which keeps it.");

    internal static ImageFileException NotANumber(string what, int channel, int row, int column)
        => new(Invariant($"{what} holds a value that is not a number (channel {channel}, row {row}, column {column}), which no image can ")
            + "store. Look for the step that made it, such as a division by zero or a network whose training diverged.");

    internal static ImageFileException Unwritable(string name, Exception inner)
        => new($"{name} cannot be written: {inner.Message} Choose another folder or file name, or make room on the disk.", inner);

    internal static ImageFileException SameFile(string output)
        => new($"The output '{output}' is the input itself, which would be lost. Give the result another name or folder.");

    internal static TensorShapeException SeveralPicturesToWrite(string name, int batch)
        => new(Invariant($"The tensor holds {batch} pictures and {name} takes one. Save each of them: tensor.Image(index) is one."));

    internal static TensorShapeException ChannelsToWrite(int channels)
        => new(Invariant($"The tensor has {channels} channels; an image is made of 1 (grey) or 3 (RGB). ")
            + "Pick the channels that make up a picture.");

    internal static TensorShapeException UnfitChannels(string restorer, int channels)
        => new(Invariant($"Restorer '{restorer}' takes pictures of {channels} channels; photographs have 1 (grey) or 3 (RGB). ")
            + "Use a restorer for one of these.");

    internal static MaskRequiredException MaskNeeded(string restorer)
        => new($"Restorer '{restorer}' fills in missing pixels and needs to know which: pass a mask, "
            + "for instance PhotoMask.FromFile(path), "
            + "or a Mask with 1 where pixels are missing.");

    internal static TensorShapeException MaskSize(string mask, int maskHeight, int maskWidth, int height, int width)
        => new(Invariant($"The mask '{mask}' is {maskHeight}×{maskWidth} and the photograph {height}×{width} (height×width, upright). ")
            + "Make the mask as large as the photograph.");

    private static string PackagesFor(PhotoFormat format)
        => format is PhotoFormat.Avif or PhotoFormat.Heic ? NetVips : $"{ImageSharp} or {NetVips}";

    private static string Add(string packages) => $"Reference {packages} and pass its codec, which does.";

    private static string Names(IEnumerable<IPhotoCodec> codecs) => string.Join(", ", codecs.Select(codec => codec.Name));
}
