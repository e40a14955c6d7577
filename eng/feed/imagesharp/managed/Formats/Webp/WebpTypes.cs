using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp.Formats.Webp;

public enum WebpFileFormatType
{
    Lossless,
    Lossy,
}

public enum WebpTransparentColorMode
{
    Clear = 0,
    Preserve = 1,
}

public enum WebpEncodingMethod
{
    Level0 = 0,
    Fastest = Level0,
    Level1 = 1,
    Level2 = 2,
    Level3 = 3,
    Level4 = 4,
    Default = Level4,
    Level5 = 5,
    Level6 = 6,
    BestQuality = Level6,
}

public sealed class WebpFormat : IImageFormat<WebpMetadata>
{
    private WebpFormat()
    {
    }

    public static WebpFormat Instance { get; } = new();

    public string Name => "Webp";

    public string DefaultMimeType => "image/webp";

    public IEnumerable<string> MimeTypes => ["image/webp"];

    public IEnumerable<string> FileExtensions => ["webp"];

    public WebpMetadata CreateDefaultFormatMetadata() => new();
}

public sealed class WebpConfigurationModule : IImageFormatConfigurationModule
{
    public void Configure(Configuration configuration)
    {
        configuration.ImageFormatsManager.SetEncoder(WebpFormat.Instance, new WebpEncoder());
        configuration.ImageFormatsManager.SetDecoder(WebpFormat.Instance, WebpDecoder.Instance);
        configuration.ImageFormatsManager.AddImageFormatDetector(new WebpImageFormatDetector());
    }
}

public sealed class WebpImageFormatDetector : IImageFormatDetector
{
    public int HeaderSize => 12;

    public bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format)
    {
        bool known = header.Length >= this.HeaderSize && header.StartsWith("RIFF"u8) && header[8..].StartsWith("WEBP"u8);
        format = known ? WebpFormat.Instance : null;
        return known;
    }
}

public class WebpMetadata : IDeepCloneable
{
    public WebpMetadata()
    {
    }

    private WebpMetadata(WebpMetadata other) => this.FileFormat = other.FileFormat;

    public WebpFileFormatType? FileFormat { get; set; }

    public IDeepCloneable DeepClone() => new WebpMetadata(this);
}
