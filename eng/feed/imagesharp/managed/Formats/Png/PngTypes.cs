using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats.Png.Chunks;

namespace SixLabors.ImageSharp.Formats.Png
{
    public enum PngBitDepth : byte
    {
        Bit1 = 1,
        Bit2 = 2,
        Bit4 = 4,
        Bit8 = 8,
        Bit16 = 16,
    }

    public enum PngColorType : byte
    {
        Grayscale = 0,
        Rgb = 2,
        Palette = 3,
        GrayscaleWithAlpha = 4,
        RgbWithAlpha = 6,
    }

    public enum PngFilterMethod
    {
        None,
        Sub,
        Up,
        Average,
        Paeth,
        Adaptive,
    }

    public enum PngInterlaceMode : byte
    {
        None = 0,
        Adam7 = 1,
    }

    public enum PngCompressionLevel
    {
        Level0 = 0,
        NoCompression = Level0,
        Level1 = 1,
        BestSpeed = Level1,
        Level2 = 2,
        Level3 = 3,
        Level4 = 4,
        Level5 = 5,
        Level6 = 6,
        DefaultCompression = Level6,
        Level7 = 7,
        Level8 = 8,
        Level9 = 9,
        BestCompression = Level9,
    }

    [Flags]
    public enum PngChunkFilter
    {
        None = 0,
        ExcludePhysicalChunk = 1 << 0,
        ExcludeGammaChunk = 1 << 1,
        ExcludeExifChunk = 1 << 2,
        ExcludeTextChunks = 1 << 3,
        ExcludeAll = ~None,
    }

    public sealed class PngFormat : IImageFormat<PngMetadata>
    {
        private PngFormat()
        {
        }

        public static PngFormat Instance { get; } = new();

        public string Name => "PNG";

        public string DefaultMimeType => "image/png";

        public IEnumerable<string> MimeTypes => ["image/png", "image/apng"];

        public IEnumerable<string> FileExtensions => ["png", "apng"];

        public PngMetadata CreateDefaultFormatMetadata() => new();
    }

    public sealed class PngConfigurationModule : IImageFormatConfigurationModule
    {
        public void Configure(Configuration configuration)
        {
            configuration.ImageFormatsManager.SetEncoder(PngFormat.Instance, new PngEncoder());
            configuration.ImageFormatsManager.SetDecoder(PngFormat.Instance, PngDecoder.Instance);
            configuration.ImageFormatsManager.AddImageFormatDetector(new PngImageFormatDetector());
        }
    }

    public sealed class PngImageFormatDetector : IImageFormatDetector
    {
        public int HeaderSize => 8;

        public bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format)
        {
            format = header.StartsWith(PngChunks.Signature) ? PngFormat.Instance : null;
            return format is not null;
        }
    }

    public class PngMetadata : IDeepCloneable
    {
        public PngMetadata()
        {
        }

        private PngMetadata(PngMetadata other)
        {
            this.BitDepth = other.BitDepth;
            this.ColorType = other.ColorType;
            this.Gamma = other.Gamma;
            this.InterlaceMethod = other.InterlaceMethod;
            this.HasTransparentColor = other.HasTransparentColor;
            this.TextData = [.. other.TextData];
        }

        public PngBitDepth? BitDepth { get; set; }

        public PngColorType? ColorType { get; set; }

        public PngInterlaceMode? InterlaceMethod { get; set; } = PngInterlaceMode.None;

        public float Gamma { get; set; }

        public IList<PngTextData> TextData { get; set; } = [];

        internal bool HasTransparentColor { get; set; }

        public IDeepCloneable DeepClone() => new PngMetadata(this);
    }
}

namespace SixLabors.ImageSharp.Formats.Png.Chunks
{
    public readonly struct PngTextData : IEquatable<PngTextData>
    {
        public PngTextData(string keyword, string value, string languageTag, string translatedKeyword)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(keyword);
            this.Keyword = keyword;
            this.Value = value;
            this.LanguageTag = languageTag;
            this.TranslatedKeyword = translatedKeyword;
        }

        public string Keyword { get; }

        public string Value { get; }

        public string LanguageTag { get; }

        public string TranslatedKeyword { get; }

        public static bool operator ==(PngTextData left, PngTextData right) => left.Equals(right);

        public static bool operator !=(PngTextData left, PngTextData right) => !(left == right);

        public bool Equals(PngTextData other)
            => this.Keyword == other.Keyword
            && this.Value == other.Value
            && this.LanguageTag == other.LanguageTag
            && this.TranslatedKeyword == other.TranslatedKeyword;

        public override bool Equals(object? obj) => obj is PngTextData other && this.Equals(other);

        public override int GetHashCode() => HashCode.Combine(this.Keyword, this.Value, this.LanguageTag, this.TranslatedKeyword);

        public override string ToString() => $"PngTextData [ Name={this.Keyword}, Value={this.Value} ]";
    }
}
