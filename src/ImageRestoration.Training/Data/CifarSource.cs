using System.Globalization;
using ImageRestoration.Degradation;

namespace ImageRestoration.Data;

/// <summary>
/// The binary version of the CIFAR-10 and CIFAR-100 data sets: RGB pictures of 32×32 with classes (Krizhevsky, "Learning Multiple Layers of
/// Features from Tiny Images", 2009). A record is one byte per label, then the red, green and blue plane, row by row; a sample n is n/255.
/// </summary>
/// <remarks>Kept in memory as the files' bytes, 184 MB for all of CIFAR-10. Safe for use from several threads.</remarks>
public sealed class CifarSource : ILabelledPatchSource
{
    private const int Side = 32;
    private const int PictureBytes = 3 * Side * Side;

    private readonly (string Path, int First)[] _files;
    private readonly PackedImage[] _pictures;
    private readonly byte[] _labels;

    private CifarSource((string Path, int First)[] files, PackedImage[] pictures, byte[] labels, int classCount)
    {
        _files = files;
        _pictures = pictures;
        _labels = labels;
        ClassCount = classCount;
    }

    /// <inheritdoc/>
    public int Count => _pictures.Length;

    /// <summary>3: pictures are RGB.</summary>
    public int Channels => 3;

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>Reads CIFAR-10: <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c>, or <c>test_batch.bin</c>.</summary>
    /// <param name="folder">Folder of the files, <c>cifar-10-batches-bin</c> in the published archive.</param>
    /// <param name="split">Which part.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The pictures with 10 classes.</returns>
    /// <exception cref="TrainingException">A file is missing, cannot be read or is none of CIFAR-10.</exception>
    public static Task<CifarSource> LoadCifar10Async(
        string folder, CifarSplit split = CifarSplit.Training, CancellationToken cancellationToken = default)
    {
        string[] names = IsTest(split)
            ? ["test_batch.bin"]
            : [.. Enumerable.Range(1, 5).Select(n => string.Create(CultureInfo.InvariantCulture, $"data_batch_{n}.bin"))];
        return LoadAsync(folder, names, new Layout("CIFAR-10", LabelBytes: 1, LabelIndex: 0, ClassCount: 10), cancellationToken);
    }

    /// <summary>Reads CIFAR-100: <c>train.bin</c>, or <c>test.bin</c>.</summary>
    /// <param name="folder">Folder of the files, <c>cifar-100-binary</c> in the published archive.</param>
    /// <param name="split">Which part.</param>
    /// <param name="coarse">Whether labels are the 20 superclasses; otherwise they are the 100 classes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The pictures with 100 or 20 classes.</returns>
    /// <exception cref="TrainingException">A file is missing, cannot be read or is none of CIFAR-100.</exception>
    public static Task<CifarSource> LoadCifar100Async(
        string folder, CifarSplit split = CifarSplit.Training, bool coarse = false, CancellationToken cancellationToken = default)
        => LoadAsync(
            folder,
            [IsTest(split) ? "test.bin" : "train.bin"],
            new Layout("CIFAR-100", LabelBytes: 2, LabelIndex: coarse ? 0 : 1, ClassCount: coarse ? 20 : 100),
            cancellationToken);

    /// <inheritdoc/>
    public int LabelOf(int index) => _labels[index];

    /// <summary>File and number of a picture.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>Text such as <c>…/data_batch_2.bin#17</c>, counting from 0.</returns>
    public string NameOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        (string path, int first) = _files.Last(file => file.First <= index);
        return string.Create(CultureInfo.InvariantCulture, $"{path}#{index - first}");
    }

    /// <summary>Size of a picture.</summary>
    /// <param name="index">Picture, from 0.</param>
    /// <returns>32 rows and 32 columns.</returns>
    public (int Height, int Width) SizeOf(int index) => (Side, Side);

    /// <inheritdoc/>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        => _pictures[index].Read(top, left, height, width, destination);

    private static bool IsTest(CifarSplit split) => split switch
    {
        CifarSplit.Training => false,
        CifarSplit.Test => true,
        _ => throw DegradationErrors.Unknown("split", split, nameof(split)),
    };

    private static async Task<CifarSource> LoadAsync(string folder, string[] names, Layout layout, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new List<(string Path, int First)>();
        var pictures = new List<PackedImage>();
        var labels = new List<byte>();
        foreach (string name in names)
        {
            string path = Path.Combine(Path.GetFullPath(folder), name);
            byte[] contents = await ReadAsync(path, layout, cancellationToken).ConfigureAwait(false);
            files.Add((path, pictures.Count));
            for (int start = 0; start < contents.Length; start += layout.RecordBytes)
            {
                byte label = contents[start + layout.LabelIndex];
                if (label >= layout.ClassCount)
                {
                    throw DataErrors.CifarLabel(path, label, start / layout.RecordBytes, layout.Name, layout.ClassCount);
                }

                labels.Add(label);
                pictures.Add(PackedImage.Wrap(contents.AsMemory(start + layout.LabelBytes, PictureBytes), 3, Side, Side));
            }
        }

        return new CifarSource([.. files], [.. pictures], [.. labels], layout.ClassCount);
    }

    private static async Task<byte[]> ReadAsync(string path, Layout layout, CancellationToken cancellationToken)
    {
        byte[] contents;
        try
        {
            contents = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataErrors.CifarFileMissing(path, layout.Name, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataErrors.Unreadable(path, e);
        }

        return contents.Length > 0 && contents.Length % layout.RecordBytes == 0
            ? contents
            : throw DataErrors.CifarLength(path, contents.Length, layout.Name, layout.RecordBytes);
    }

    /// <summary>How the records of a data set are made up.</summary>
    private sealed record Layout(string Name, int LabelBytes, int LabelIndex, int ClassCount)
    {
        internal int RecordBytes => LabelBytes + PictureBytes;
    }
}
