using System.Text;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

namespace SixLabors.ImageSharp;

public static class ImageExtensions
{
    public static void Save(this Image source, string path) => source.Save(path, DetectEncoder(source, path));

    public static Task SaveAsync(this Image source, string path, CancellationToken cancellationToken = default)
        => source.SaveAsync(path, DetectEncoder(source, path), cancellationToken);

    public static void Save(this Image source, string path, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoder);
        using FileStream stream = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        source.Save(stream, encoder);
    }

    public static async Task SaveAsync(
        this Image source,
        string path,
        IImageEncoder encoder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(encoder);
        await using FileStream stream = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096, true);
        await source.SaveAsync(stream, encoder, cancellationToken).ConfigureAwait(false);
    }

    public static void Save(this Image source, Stream stream, IImageFormat format)
    {
        CheckTarget(stream, format);
        source.Save(stream, source.Configuration.ImageFormatsManager.GetEncoder(format));
    }

    public static Task SaveAsync(
        this Image source,
        Stream stream,
        IImageFormat format,
        CancellationToken cancellationToken = default)
    {
        CheckTarget(stream, format);
        return source.SaveAsync(stream, source.Configuration.ImageFormatsManager.GetEncoder(format), cancellationToken);
    }

    public static void SaveAsPng(this Image source, string path) => source.SaveAsPng(path, default!);

    public static Task SaveAsPngAsync(this Image source, string path) => source.SaveAsPngAsync(path, default(CancellationToken));

    public static Task SaveAsPngAsync(this Image source, string path, CancellationToken cancellationToken)
        => source.SaveAsPngAsync(path, default!, cancellationToken);

    public static void SaveAsPng(this Image source, string path, PngEncoder encoder)
        => source.Save(path, encoder ?? Encoder(source, PngFormat.Instance));

    public static Task SaveAsPngAsync(
        this Image source,
        string path,
        PngEncoder encoder,
        CancellationToken cancellationToken = default)
        => source.SaveAsync(path, encoder ?? Encoder(source, PngFormat.Instance), cancellationToken);

    public static void SaveAsPng(this Image source, Stream stream) => source.SaveAsPng(stream, default!);

    public static Task SaveAsPngAsync(this Image source, Stream stream, CancellationToken cancellationToken = default)
        => source.SaveAsPngAsync(stream, default!, cancellationToken);

    public static void SaveAsPng(this Image source, Stream stream, PngEncoder encoder)
        => source.Save(stream, encoder ?? Encoder(source, PngFormat.Instance));

    public static Task SaveAsPngAsync(
        this Image source,
        Stream stream,
        PngEncoder encoder,
        CancellationToken cancellationToken = default)
        => source.SaveAsync(stream, encoder ?? Encoder(source, PngFormat.Instance), cancellationToken);

    public static void SaveAsJpeg(this Image source, string path) => source.SaveAsJpeg(path, default!);

    public static Task SaveAsJpegAsync(this Image source, string path)
        => source.SaveAsJpegAsync(path, default(CancellationToken));

    public static Task SaveAsJpegAsync(this Image source, string path, CancellationToken cancellationToken)
        => source.SaveAsJpegAsync(path, default!, cancellationToken);

    public static void SaveAsJpeg(this Image source, string path, JpegEncoder encoder)
        => source.Save(path, encoder ?? Encoder(source, JpegFormat.Instance));

    public static Task SaveAsJpegAsync(
        this Image source,
        string path,
        JpegEncoder encoder,
        CancellationToken cancellationToken = default)
        => source.SaveAsync(path, encoder ?? Encoder(source, JpegFormat.Instance), cancellationToken);

    public static void SaveAsJpeg(this Image source, Stream stream) => source.SaveAsJpeg(stream, default!);

    public static Task SaveAsJpegAsync(this Image source, Stream stream, CancellationToken cancellationToken = default)
        => source.SaveAsJpegAsync(stream, default!, cancellationToken);

    public static void SaveAsJpeg(this Image source, Stream stream, JpegEncoder encoder)
        => source.Save(stream, encoder ?? Encoder(source, JpegFormat.Instance));

    public static Task SaveAsJpegAsync(
        this Image source,
        Stream stream,
        JpegEncoder encoder,
        CancellationToken cancellationToken = default)
        => source.SaveAsync(stream, encoder ?? Encoder(source, JpegFormat.Instance), cancellationToken);

    private static IImageEncoder Encoder(Image source, IImageFormat format)
        => source.Configuration.ImageFormatsManager.GetEncoder(format);

    private static void CheckTarget(Stream stream, IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        if (!stream.CanWrite)
        {
            throw new NotSupportedException("Cannot write to the stream.");
        }
    }

    private static IImageEncoder DetectEncoder(Image source, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImageFormatManager formats = source.Configuration.ImageFormatsManager;
        string extension = Path.GetExtension(path);
        if (formats.TryFindFormatByFileExtension(extension, out IImageFormat? format))
        {
            return formats.GetEncoder(format);
        }

        StringBuilder text = new();
        text.AppendLine($"No encoder was found for extension '{extension}'. Registered encoders include:");
        foreach (IImageFormat known in formats.ImageFormats)
        {
            text.AppendLine($" - {known.Name} : {string.Join(", ", known.FileExtensions)}");
        }

        throw new UnknownImageFormatException(text.ToString());
    }
}
