using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageRestoration.Data;

/// <summary>
/// Grey pictures with classes from the two IDX files in which MNIST (LeCun et al. 1998) and the sets made after it, such as Fashion-MNIST,
/// are published, as they are or compressed by gzip. A byte n becomes n/255.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class IdxSource : ILabelledPatchSource
{
    private const int ImagesMagic = 0x803, LabelsMagic = 0x801;
    private const int GzipMagic = 0x1F8B;

    private readonly string _name;
    private readonly PackedImage[] _pictures;
    private readonly byte[] _labels;

    private IdxSource(string name, byte[] pixels, byte[] labels, int height, int width)
    {
        _name = name;
        _pictures = [.. Enumerable.Range(0, labels.Length)
            .Select(i => PackedImage.Wrap(pixels.AsMemory(i * height * width, height * width), 1, height, width))];
        _labels = labels;
        ClassCount = labels.Max() + 1;
    }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public int Channels => 1;

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>Reads a set.</summary>
    /// <param name="imagesPath">File of the pictures, such as <c>train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="labelsPath">File of their classes, such as <c>train-labels-idx1-ubyte.gz</c>.</param>
    /// <param name="size">
    /// Rows and columns of a square in whose middle each picture is put, on zeros: 32 for pictures of 28×28 and a network that halves them
    /// five times. As they are where <see langword="null"/>.
    /// </param>
    /// <returns>The set.</returns>
    /// <exception cref="TrainingException">A file is damaged or of another kind, or the two do not belong together.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IdxSource Load(string imagesPath, string labelsPath, int? size = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        (int[] extents, byte[] pixels) = Read(imagesPath, ImagesMagic, dimensions: 3);
        (int[] count, byte[] labels) = Read(labelsPath, LabelsMagic, dimensions: 1);
        if (extents[0] != count[0])
        {
            throw DataErrors.IdxFilesOfTwoSets(imagesPath, extents[0], labelsPath, count[0]);
        }

        (int height, int width) = (size ?? extents[1], size ?? extents[2]);
        if (height < extents[1] || width < extents[2])
        {
            throw DataErrors.IdxSize(size, extents[1], extents[2], nameof(size));
        }

        if (size is not null)
        {
            pixels = Surround(pixels, extents, height);
        }

        return new IdxSource(imagesPath, pixels, labels, height, width);
    }

    /// <inheritdoc/>
    public int LabelOf(int index) => _labels[index];

    /// <inheritdoc/>
    public string NameOf(int index) => Invariant($"{_name}#{index}");

    /// <inheritdoc/>
    public (int Height, int Width) SizeOf(int index) => (_pictures[index].Height, _pictures[index].Width);

    /// <inheritdoc/>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        => _pictures[index].Read(top, left, height, width, destination);

    private static byte[] Surround(byte[] pixels, int[] extents, int size)
    {
        (int rows, int columns) = (extents[1], extents[2]);
        int top = (size - rows) / 2, left = (size - columns) / 2;
        var surrounded = new byte[checked((long)extents[0] * size * size)];
        for (int i = 0; i < extents[0] * rows; i++)
        {
            (int picture, int row) = (i / rows, i % rows);
            pixels.AsSpan(i * columns, columns).CopyTo(surrounded.AsSpan((((picture * size) + row + top) * size) + left));
        }

        return surrounded;
    }

    /// <summary>Reads a file's extents, big-endian after the magic number, and the bytes behind them.</summary>
    private static (int[] Extents, byte[] Values) Read(string path, int magic, int dimensions)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        bool isCompressed = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && BinaryPrimitives.ReadUInt16BigEndian(start) == GzipMagic;
        file.Position = 0;
        using Stream stream = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            long count = 1;
            bool isValid = ReadNumber(stream) == magic;
            var extents = new int[dimensions];
            for (int i = 0; i < dimensions && isValid; i++)
            {
                extents[i] = ReadNumber(stream);
                isValid = extents[i] > 0 && (count *= extents[i]) <= Array.MaxLength;
            }

            if (!isValid)
            {
                throw DataErrors.NoIdxFile(path, dimensions == 1 ? "classes" : "pictures");
            }

            return (extents, ReadAll(stream, count));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new TrainingException($"'{path}' is damaged or cut off: {e.Message} Fetch it again.", e);
        }
    }

    private static int ReadNumber(Stream stream)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        stream.ReadExactly(number);
        return BinaryPrimitives.ReadInt32BigEndian(number);
    }

    /// <summary>Reads in pieces, so that a header that promises too much costs no memory.</summary>
    private static byte[] ReadAll(Stream stream, long count)
    {
        using var values = new MemoryStream();
        var piece = new byte[1 << 16];
        while (values.Length < count)
        {
            int read = stream.Read(piece, 0, (int)Math.Min(piece.Length, count - values.Length));
            if (read == 0)
            {
                throw new EndOfStreamException(Invariant($"it ends after {values.Length} of {count} bytes."));
            }

            values.Write(piece, 0, read);
        }

        return values.ToArray();
    }
}
