using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SixLabors.ImageSharp.Formats;

public sealed class ImageFormatManager
{
    private readonly Lock _gate = new();
    private readonly List<IImageFormat> _formats = [];
    private readonly List<IImageFormatDetector> _detectors = [];
    private readonly Dictionary<IImageFormat, IImageEncoder> _encoders = [];
    private readonly Dictionary<IImageFormat, IImageDecoder> _decoders = [];

    public IEnumerable<IImageFormat> ImageFormats
    {
        get
        {
            lock (this._gate)
            {
                return [.. this._formats];
            }
        }
    }

    public void AddImageFormat(IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (this._gate)
        {
            if (!this._formats.Contains(format))
            {
                this._formats.Add(format);
            }
        }
    }

    public bool TryFindFormatByFileExtension(string extension, [NotNullWhen(true)] out IImageFormat? format)
    {
        string name = extension.StartsWith('.') ? extension[1..] : extension;
        format = this.ImageFormats.FirstOrDefault(x => x.FileExtensions.Contains(name, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    public bool TryFindFormatByMimeType(string mimeType, [NotNullWhen(true)] out IImageFormat? format)
    {
        format = this.ImageFormats.FirstOrDefault(x => x.MimeTypes.Contains(mimeType, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    public void SetEncoder(IImageFormat imageFormat, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(imageFormat);
        ArgumentNullException.ThrowIfNull(encoder);
        this.AddImageFormat(imageFormat);
        lock (this._gate)
        {
            this._encoders[imageFormat] = encoder;
        }
    }

    public void SetDecoder(IImageFormat imageFormat, IImageDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(imageFormat);
        ArgumentNullException.ThrowIfNull(decoder);
        this.AddImageFormat(imageFormat);
        lock (this._gate)
        {
            this._decoders[imageFormat] = decoder;
        }
    }

    public void AddImageFormatDetector(IImageFormatDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        lock (this._gate)
        {
            this._detectors.Add(detector);
        }
    }

    public IImageDecoder GetDecoder(IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (this._gate)
        {
            if (this._decoders.TryGetValue(format, out IImageDecoder? decoder))
            {
                return decoder;
            }
        }

        throw this.UnknownFormat();
    }

    public IImageEncoder GetEncoder(IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        lock (this._gate)
        {
            if (this._encoders.TryGetValue(format, out IImageEncoder? encoder))
            {
                return encoder;
            }
        }

        throw this.UnknownFormat();
    }

    internal IImageFormat Detect(ReadOnlySpan<byte> header)
    {
        lock (this._gate)
        {
            foreach (IImageFormatDetector detector in this._detectors)
            {
                if (detector.HeaderSize <= header.Length && detector.TryDetectFormat(header, out IImageFormat? format))
                {
                    return format;
                }
            }
        }

        throw this.UnknownFormat();
    }

    private UnknownImageFormatException UnknownFormat()
    {
        StringBuilder text = new();
        text.AppendLine("Image cannot be loaded. Available decoders:");
        lock (this._gate)
        {
            foreach ((IImageFormat format, IImageDecoder decoder) in this._decoders)
            {
                text.AppendLine($" - {format.Name} : {decoder.GetType().Name}");
            }
        }

        return new UnknownImageFormatException(text.ToString());
    }
}
