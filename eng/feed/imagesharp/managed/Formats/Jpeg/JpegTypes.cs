using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp.Formats.Jpeg;

public enum JpegEncodingColor : byte
{
    YCbCrRatio420 = 0,
    YCbCrRatio444 = 1,
    YCbCrRatio422 = 2,
    YCbCrRatio411 = 3,
    YCbCrRatio410 = 4,
    Luminance = 5,
    Rgb = 6,
    Cmyk = 7,
    Ycck = 8,
}

public sealed class JpegFormat : IImageFormat<JpegMetadata>
{
    private JpegFormat()
    {
    }

    public static JpegFormat Instance { get; } = new();

    public string Name => "JPEG";

    public string DefaultMimeType => "image/jpeg";

    public IEnumerable<string> MimeTypes => ["image/jpeg", "image/pjpeg"];

    public IEnumerable<string> FileExtensions => ["jpg", "jpeg", "jfif"];

    public JpegMetadata CreateDefaultFormatMetadata() => new();
}

public sealed class JpegConfigurationModule : IImageFormatConfigurationModule
{
    public void Configure(Configuration configuration)
    {
        configuration.ImageFormatsManager.SetEncoder(JpegFormat.Instance, new JpegEncoder());
        configuration.ImageFormatsManager.SetDecoder(JpegFormat.Instance, JpegDecoder.Instance);
        configuration.ImageFormatsManager.AddImageFormatDetector(new JpegImageFormatDetector());
    }
}

public sealed class JpegImageFormatDetector : IImageFormatDetector
{
    public int HeaderSize => 11;

    public bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = header.Length >= this.HeaderSize && header[0] == 0xFF && header[1] == 0xD8 ? JpegFormat.Instance : null;
        return format is not null;
    }
}

public class JpegMetadata : IDeepCloneable
{
    public JpegMetadata()
    {
    }

    private JpegMetadata(JpegMetadata other)
    {
        this.ColorType = other.ColorType;
        this.LuminanceQuality = other.LuminanceQuality;
        this.ChrominanceQuality = other.ChrominanceQuality;
    }

    public int Quality => (this.LuminanceQuality, this.ChrominanceQuality) switch
    {
        (int luminance, int chrominance) => Math.Max(luminance, chrominance),
        (int luminance, null) => luminance,
        (null, int chrominance) => chrominance,
        _ => JpegTables.DefaultQuality,
    };

    public JpegEncodingColor? ColorType { get; internal set; }

    public bool? Interleaved { get; internal set; }

    public bool? Progressive { get; internal set; }

    internal int? LuminanceQuality { get; set; }

    internal int? ChrominanceQuality { get; set; }

    public IDeepCloneable DeepClone() => new JpegMetadata(this);
}
