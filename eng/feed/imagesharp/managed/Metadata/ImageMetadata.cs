using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageMetadata : IDeepCloneable<ImageMetadata>
{
    public const double DefaultHorizontalResolution = 96;

    public const double DefaultVerticalResolution = 96;

    public const PixelResolutionUnit DefaultPixelResolutionUnits = PixelResolutionUnit.PixelsPerInch;

    private readonly Dictionary<IImageFormat, IDeepCloneable> _formatMetadata = [];
    private double _horizontalResolution = DefaultHorizontalResolution;
    private double _verticalResolution = DefaultVerticalResolution;

    public ImageMetadata()
    {
    }

    private ImageMetadata(ImageMetadata other)
    {
        this.HorizontalResolution = other.HorizontalResolution;
        this.VerticalResolution = other.VerticalResolution;
        this.ResolutionUnits = other.ResolutionUnits;
        foreach ((IImageFormat format, IDeepCloneable metadata) in other._formatMetadata)
        {
            this._formatMetadata.Add(format, metadata.DeepClone());
        }

        this.ExifProfile = other.ExifProfile?.DeepClone();
        this.IccProfile = other.IccProfile?.DeepClone();
        this.XmpProfile = other.XmpProfile?.DeepClone();
        this.IptcProfile = other.IptcProfile?.DeepClone();
        this.DecodedImageFormat = other.DecodedImageFormat;
    }

    public double HorizontalResolution
    {
        get => this._horizontalResolution;
        set => this._horizontalResolution = value > 0 ? value : this._horizontalResolution;
    }

    public double VerticalResolution
    {
        get => this._verticalResolution;
        set => this._verticalResolution = value > 0 ? value : this._verticalResolution;
    }

    public PixelResolutionUnit ResolutionUnits { get; set; } = DefaultPixelResolutionUnits;

    public ExifProfile? ExifProfile { get; set; }

    public XmpProfile? XmpProfile { get; set; }

    public IccProfile? IccProfile { get; set; }

    public IptcProfile? IptcProfile { get; set; }

    public IImageFormat? DecodedImageFormat { get; internal set; }

    public TFormatMetadata GetFormatMetadata<TFormatMetadata>(IImageFormat<TFormatMetadata> key)
        where TFormatMetadata : class, IDeepCloneable
    {
        if (!this.TryGetFormatMetadata(key, out TFormatMetadata? metadata))
        {
            metadata = key.CreateDefaultFormatMetadata();
            this._formatMetadata[key] = metadata;
        }

        return metadata;
    }

    public bool TryGetFormatMetadata<TFormatMetadata>(
        IImageFormat<TFormatMetadata> key,
        [NotNullWhen(true)] out TFormatMetadata? metadata)
        where TFormatMetadata : class, IDeepCloneable
    {
        metadata = this._formatMetadata.TryGetValue(key, out IDeepCloneable? value) ? (TFormatMetadata)value : null;
        return metadata is not null;
    }

    public ImageMetadata DeepClone() => new(this);

    internal void SyncProfiles() => this.ExifProfile?.Sync(this);
}

public enum PixelResolutionUnit : byte
{
    AspectRatio = 0,
    PixelsPerInch = 1,
    PixelsPerCentimeter = 2,
    PixelsPerMeter = 3,
}
