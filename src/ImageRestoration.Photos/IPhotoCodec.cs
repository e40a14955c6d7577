using System.Collections.Immutable;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Decodes and encodes files. A codec does nothing else: orientation, profiles, limits of size, alpha that has no place and all other
/// policy are <see cref="PhotoRestorer"/>'s, so that they are the same for every codec. PNG and TIFF are written, and PNG is read,
/// without any codec.
/// </summary>
/// <remarks>Implementations are safe for use from several threads, hold nothing between calls, and load nothing before the first.</remarks>
public interface IPhotoCodec
{
    /// <summary>Name of the codec's package.</summary>
    string Name { get; }

    /// <summary>What the codec can do, one entry a format.</summary>
    ImmutableArray<PhotoCodecFormat> Formats { get; }

    /// <summary>Looks at a whole file without decoding its pixels.</summary>
    /// <param name="file">A file of one of the <see cref="Formats"/> that are read; not changed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What its headers say.</returns>
    /// <exception cref="UnsupportedImageException">The file is of a kind that another codec may read.</exception>
    /// <exception cref="ImageFileException">The file is damaged or truncated.</exception>
    /// <exception cref="BackendUnavailableException">A native library is missing.</exception>
    PhotoFacts Probe(ReadOnlyMemory<byte> file, CancellationToken cancellationToken);

    /// <summary>Decodes the first picture of a file that was looked at, as it is stored: not turned, in its own encoding.</summary>
    /// <param name="file">The file; not changed.</param>
    /// <param name="facts">What <see cref="Probe"/> returned.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The picture with its metadata; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">
    /// The file is damaged or truncated. Any other exception of a decoder is wrapped into one.
    /// </exception>
    DecodedPhoto Read(ReadOnlyMemory<byte> file, PhotoFacts facts, CancellationToken cancellationToken);

    /// <summary>Encodes a picture.</summary>
    /// <param name="target">Where the file goes.</param>
    /// <param name="photo">
    /// The picture, values in [0, 1] and rounded to the format's depth by the codec. Its facts say the format to write, size and depth, and
    /// <see cref="PhotoFacts.IsLossless"/> says how; its metadata are those to write.
    /// </param>
    /// <param name="options">Qualities.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ImageFileException">The format has no room for the picture.</exception>
    void Write(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken);

    /// <summary>Opens a file row by row; for the <see cref="Formats"/> that say so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Bounds.</param>
    /// <returns>The source of its rows as they are stored; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">The file is damaged or over a bound.</exception>
    /// <exception cref="UnsupportedImageException">The codec does not read this file row by row.</exception>
    IRowSource OpenRows(string path, RowSourceOptions options);
}
