using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp.Formats.Tiff;

public sealed class TiffFormat : IImageFormat<TiffMetadata>
{
    private TiffFormat()
    {
    }

    public static TiffFormat Instance { get; } = new();

    public string Name => "TIFF";

    public string DefaultMimeType => "image/tiff";

    public IEnumerable<string> MimeTypes => ["image/tiff", "image/tiff-fx"];

    public IEnumerable<string> FileExtensions => ["tiff", "tif"];

    public TiffMetadata CreateDefaultFormatMetadata() => new();
}

/// <summary>The decoder alone: the official encoder writes RGB with 8 bits at most, and nothing here uses it.</summary>
public sealed class TiffConfigurationModule : IImageFormatConfigurationModule
{
    public void Configure(Configuration configuration)
    {
        configuration.ImageFormatsManager.SetDecoder(TiffFormat.Instance, TiffDecoder.Instance);
        configuration.ImageFormatsManager.AddImageFormatDetector(new TiffImageFormatDetector());
    }
}

public sealed class TiffImageFormatDetector : IImageFormatDetector
{
    public int HeaderSize => 8;

    public bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = header is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] ? TiffFormat.Instance : null;
        return format is not null;
    }
}

public class TiffMetadata : IDeepCloneable
{
    public IDeepCloneable DeepClone() => new TiffMetadata();
}
