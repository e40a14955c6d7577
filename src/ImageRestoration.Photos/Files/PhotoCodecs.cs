using System.Collections.Immutable;

namespace ImageRestoration.Photos;

/// <summary>The codecs that are there, in the order in which they are asked: what needs none first, then those given.</summary>
internal sealed class PhotoCodecs
{
    private readonly ImmutableArray<IPhotoCodec> _codecs;

    internal PhotoCodecs(IEnumerable<IPhotoCodec> codecs)
    {
        _codecs = [new BuiltInCodec(), .. codecs];
        if (_codecs.Contains(null!))
        {
            throw new ArgumentException("One of the codecs is null. Pass codecs such as new ImageSharpCodec().", nameof(codecs));
        }
    }

    /// <summary>Extensions of the formats that are read.</summary>
    internal IReadOnlyList<string> ReadExtensions => ExtensionsOf(format => !format.ReadBits.IsEmpty);

    /// <summary>Extensions of the formats that are written.</summary>
    internal IReadOnlyList<string> WriteExtensions => ExtensionsOf(format => !format.WriteBits.IsEmpty);

    /// <summary>Finds the codec that reads a file, and what it says of it.</summary>
    /// <exception cref="ImageFileException">The file is damaged, or there is no codec for it.</exception>
    internal (IPhotoCodec Codec, PhotoFacts Facts) Probe(ReadOnlyMemory<byte> file, string name, CancellationToken cancellationToken)
    {
        PhotoFormat format = PhotoFormats.FromSignature(file.Span) ?? throw PhotoErrors.NoImage(name, file.Span);
        UnsupportedImageException? unsupported = null;
        foreach (IPhotoCodec codec in _codecs.Where(codec => codec.Formats.Any(known => known.Format == format && !known.ReadBits.IsEmpty)))
        {
            try
            {
                return (codec, codec.Probe(file, cancellationToken));
            }
            catch (UnsupportedImageException exception)
            {
                unsupported ??= exception;
            }
        }

        throw unsupported is null ? PhotoErrors.NoReader(name, format, _codecs) : PhotoErrors.NoReader(name, unsupported, _codecs);
    }

    /// <summary>Finds the codec that writes a format, in the depth that comes closest.</summary>
    /// <returns>The codec, and the bits that it writes.</returns>
    /// <exception cref="ImageFileException">There is none.</exception>
    internal (IPhotoCodec Codec, int Bits) FindWriter(PhotoFormat format, int bits, string name)
    {
        (IPhotoCodec Codec, int Bits)[] found =
        [
            .. from codec in _codecs
               from known in codec.Formats
               where known.Format == format && !known.WriteBits.IsEmpty
               select (codec, known.WriteBits.Where(written => written <= bits).DefaultIfEmpty(known.WriteBits[0]).Max()),
        ];
        return found.Length > 0 ? found.MaxBy(pair => pair.Bits) : throw PhotoErrors.NoWriter(name, format, _codecs);
    }

    private ImmutableArray<string> ExtensionsOf(Func<PhotoCodecFormat, bool> has)
    {
        IEnumerable<PhotoFormat> formats = _codecs.SelectMany(codec => codec.Formats).Where(has).Select(format => format.Format);
        return [.. formats.Distinct().Order().SelectMany(PhotoFormats.ExtensionsOf)];
    }
}
