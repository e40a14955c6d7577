using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageFrameMetadata : IDeepCloneable<ImageFrameMetadata>
{
    internal ImageFrameMetadata()
    {
    }

    private ImageFrameMetadata(ImageFrameMetadata other)
    {
        this.ExifProfile = other.ExifProfile?.DeepClone();
        this.XmpProfile = other.XmpProfile?.DeepClone();
        this.IccProfile = other.IccProfile?.DeepClone();
        this.IptcProfile = other.IptcProfile?.DeepClone();
    }

    public ExifProfile? ExifProfile { get; set; }

    public XmpProfile? XmpProfile { get; set; }

    public IccProfile? IccProfile { get; set; }

    public IptcProfile? IptcProfile { get; set; }

    public ImageFrameMetadata DeepClone() => new(this);
}
