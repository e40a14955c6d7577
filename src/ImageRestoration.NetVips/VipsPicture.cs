using System.Runtime.InteropServices;
using ImageRestoration.Photos;
using NetVips;

namespace ImageRestoration.NetVips;

/// <summary>An image of libvips: what it says of itself, and its rows as planes.</summary>
internal sealed class VipsPicture : IDisposable
{
    // Each piece is an array of its own, and larger ones stay in memory until the next full collection.
    private const int BandBytes = 64 << 10;
    private const float Maximum8Bit = 255f;
    private const float Maximum16Bit = 65535f;

    private readonly Image _image;
    private Region? _region;

    /// <summary>Takes an image that is read from top to bottom.</summary>
    /// <exception cref="UnsupportedImageException">It is neither grey nor RGB nor CMYK, or of other numbers than are read.</exception>
    internal VipsPicture(Image image, PhotoFormat format, bool isLossless)
    {
        _image = image;
        Bits = image.Format switch
        {
            Enums.BandFormat.Uchar => 8,
            Enums.BandFormat.Ushort => 16,
            Enums.BandFormat.Float => 32,
            _ => 0,
        };
        bool cmyk = image.Interpretation == Enums.Interpretation.Cmyk;
        bool known = image.Interpretation is Enums.Interpretation.Bw or Enums.Interpretation.Grey16 or Enums.Interpretation.Srgb
            or Enums.Interpretation.Rgb16 or Enums.Interpretation.Rgb or Enums.Interpretation.Scrgb or Enums.Interpretation.Multiband;
        HasAlpha = image.Bands is 2 or 4 && !cmyk;
        if (!cmyk && (!known || image.Bands > 4 || Bits == 0))
        {
            throw VipsErrors.Kind(image.Interpretation.ToString(), image.Bands, image.Format.ToString());
        }

        Facts = new PhotoFacts(format, image.Width, image.Height)
        {
            Color = cmyk ? PhotoColor.Cmyk : image.Bands <= 2 ? PhotoColor.Grey : PhotoColor.Rgb,
            Bits = Math.Max(8, Bits),
            HasAlpha = HasAlpha,
            Frames = image.Contains("n-pages") ? (int)image.Get("n-pages") : 1,
            IsLossless = isLossless,
        };
    }

    internal PhotoFacts Facts { get; }

    internal int Bits { get; }

    internal bool HasAlpha { get; }

    internal int Channels => _image.Bands;

    /// <summary>Reads what the file says beside its pixels.</summary>
    /// <param name="file">The file; looked into where it is a TIFF.</param>
    internal PhotoMetadata ReadMetadata(Stream file)
    {
        bool turnedAlready = Facts.Format is PhotoFormat.Avif or PhotoFormat.Heic;
        bool orientation = _image.Contains("orientation");
        byte[] exif = Facts.Format == PhotoFormat.Tiff ? TiffDirectories.ReadExif(file) : Blob("exif-data");
        return new PhotoMetadata
        {
            Icc = Blob("icc-profile-data"),
            Exif = exif.AsSpan().StartsWith("Exif\0\0"u8) ? exif.AsMemory(6) : exif,
            Xmp = Blob("xmp-data"),
            Iptc = IptcBlock.Unwrap(Blob("iptc-data")),
            Orientation = turnedAlready ? 1 : orientation ? (int)_image.Get("orientation") : null,
            Resolution = Resolution,
        };
    }

    /// <summary>Reads the next rows; every row once, from top to bottom.</summary>
    /// <exception cref="VipsException">The file is damaged.</exception>
    internal void Read(int top, int count, Func<int, int, Span<float>> row)
    {
        _region ??= Region.New(_image);
        int stride = _image.Width * _image.Bands;
        int most = Math.Max(1, BandBytes / (stride * Math.Max(1, Bits / 8)));
        for (int first = 0; first < count; first += most)
        {
            int rows = Math.Min(most, count - first);
            byte[] samples = _region.Fetch(0, top + first, _image.Width, rows);
            for (int y = 0; y < rows; y++)
            {
                Spread(samples, y * stride, stride, first + y, row);
            }
        }
    }

    public void Dispose()
    {
        _region?.Dispose();
        _image.Dispose();
    }

    private PhotoResolution? Resolution
    {
        get
        {
            if (!_image.Contains("resolution-unit"))
            {
                return null;
            }

            // Libvips counts by millimetres.
            bool inches = (string)_image.Get("resolution-unit") == "in";
            double scale = inches ? 25.4 : 10;
            double x = Math.Round(_image.Xres * scale, 4), y = Math.Round(_image.Yres * scale, 4);
            return new PhotoResolution(x, y, inches ? PhotoResolutionUnit.Inch : PhotoResolutionUnit.Centimeter);
        }
    }

    private byte[] Blob(string field) => _image.Contains(field) ? (byte[])_image.Get(field) : [];

    private void Spread(byte[] samples, int start, int count, int y, Func<int, int, Span<float>> row)
    {
        switch (Bits)
        {
            case 8:
                Spread(samples.AsSpan(start, count), y, row, Maximum8Bit);
                break;
            case 16:
                Spread(MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()).Slice(start, count), y, row, Maximum16Bit);
                break;
            default:
                Spread(MemoryMarshal.Cast<byte, float>(samples.AsSpan()).Slice(start, count), y, row, 1f);
                break;
        }
    }

    private void Spread<T>(ReadOnlySpan<T> samples, int y, Func<int, int, Span<float>> row, float maximum)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        int bands = _image.Bands;
        for (int c = 0; c < bands; c++)
        {
            Span<float> target = row(c, y);
            for (int x = 0, i = c; x < target.Length; x++, i += bands)
            {
                target[x] = float.CreateTruncating(samples[i]) / maximum;
            }
        }
    }
}
