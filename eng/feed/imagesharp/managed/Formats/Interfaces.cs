using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp
{
    public interface IDeepCloneable
    {
        IDeepCloneable DeepClone();
    }

    public interface IDeepCloneable<out T>
        where T : class
    {
        T DeepClone();
    }
}

namespace SixLabors.ImageSharp.Formats
{
    public interface IImageFormat
    {
        string Name { get; }

        string DefaultMimeType { get; }

        IEnumerable<string> MimeTypes { get; }

        IEnumerable<string> FileExtensions { get; }
    }

    public interface IImageFormat<out TFormatMetadata> : IImageFormat
        where TFormatMetadata : class
    {
        TFormatMetadata CreateDefaultFormatMetadata();
    }

    public interface IImageFormatDetector
    {
        int HeaderSize { get; }

        bool TryDetectFormat(ReadOnlySpan<byte> header, [NotNullWhen(true)] out IImageFormat? format);
    }

    public interface IImageDecoder
    {
        ImageInfo Identify(DecoderOptions options, Stream stream);

        Task<ImageInfo> IdentifyAsync(DecoderOptions options, Stream stream, CancellationToken cancellationToken = default);

        Image<TPixel> Decode<TPixel>(DecoderOptions options, Stream stream)
            where TPixel : unmanaged, IPixel<TPixel>;

        Image Decode(DecoderOptions options, Stream stream);

        Task<Image<TPixel>> DecodeAsync<TPixel>(
            DecoderOptions options,
            Stream stream,
            CancellationToken cancellationToken = default)
            where TPixel : unmanaged, IPixel<TPixel>;

        Task<Image> DecodeAsync(DecoderOptions options, Stream stream, CancellationToken cancellationToken = default);
    }

    public interface IImageEncoder
    {
        bool SkipMetadata { get; init; }

        void Encode<TPixel>(Image<TPixel> image, Stream stream)
            where TPixel : unmanaged, IPixel<TPixel>;

        Task EncodeAsync<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
            where TPixel : unmanaged, IPixel<TPixel>;
    }

    public class PixelTypeInfo
    {
        public PixelTypeInfo(int bitsPerPixel) => this.BitsPerPixel = bitsPerPixel;

        public PixelTypeInfo(int bitsPerPixel, PixelAlphaRepresentation alpha)
        {
            this.BitsPerPixel = bitsPerPixel;
            this.AlphaRepresentation = alpha;
        }

        public int BitsPerPixel { get; }

        public PixelAlphaRepresentation? AlphaRepresentation { get; }

        internal static PixelTypeInfo Create<TPixel>()
            where TPixel : unmanaged, IPixel<TPixel>
            => new(System.Runtime.CompilerServices.Unsafe.SizeOf<TPixel>() * 8);
    }

    public sealed class DecoderOptions
    {
        private uint _maxFrames = int.MaxValue;

        public Configuration Configuration { get; init; } = ImageSharp.Configuration.Default;

        public bool SkipMetadata { get; init; }

        public uint MaxFrames
        {
            get => this._maxFrames;
            init => this._maxFrames = Math.Clamp(value, 1, int.MaxValue);
        }

        internal static DecoderOptions Default { get; } = new();
    }
}

namespace SixLabors.ImageSharp.PixelFormats
{
    public enum PixelAlphaRepresentation
    {
        None,
        Associated,
        Unassociated,
    }
}
