using ImageRestoration.Imaging;

namespace ImageRestoration.Data;

/// <summary>What is wrong with pictures and data sets for training, and what to do about it.</summary>
internal static class DataErrors
{
    internal static TrainingException PictureSmallerThanPatch(string name, (int Height, int Width) size, int patchSize)
        => new(Invariant($"Picture '{name}' is {size.Height}×{size.Width} and patches are up to {patchSize}×{patchSize}. ")
            + "Leave it out or use smaller patches.");

    internal static TrainingException PairsOfSourceAndDegradation(string degradation)
        => new($"The source has pairs, and the {degradation} makes pairs of its own. "
            + "Take a source of clean pictures, or a degradation that changes the network's input alone.");

    internal static TrainingException PairsReduced(double minimumScale)
        => new(Invariant($"The source has pairs, and MinimumScale is {minimumScale}: ")
            + "reduced, noise and compression would no longer be what they are. Leave MinimumScale at 1.");

    internal static TrainingException UnlikeCount(int first, int other)
        => new(Invariant($"Aligned sources hold {first} and {other} pictures; every picture has one partner in each. ")
            + "Leave out the pictures without partner.");

    internal static TrainingException UnlikeSize(
        string first, (int Height, int Width) size, string other, (int Height, int Width) otherSize)
        => new(Invariant($"'{first}' is {size.Height}×{size.Width} and its partner '{other}' is {otherSize.Height}×{otherSize.Width}. ")
            + "Aligned pictures are of one size: crop or resize them, or leave them out.");

    internal static TrainingException UnlikeChannels(int clean, int degraded)
        => new(
            Invariant($"The clean pictures have {clean} channel(s) and the degraded ones {degraded}. Read both as RGB or both as grey."));

    internal static TrainingException CifarLabel(string path, int label, int record, string set, int classes)
        => new(Invariant($"'{path}' has label {label} in record {record}; the labels of {set} are 0 to {classes - 1}. ")
            + $"The file is damaged or of another data set: unpack {set}'s binary version again.");

    internal static TrainingException CifarFileMissing(string path, string set, Exception e)
        => new($"'{path}' does not exist. Give the folder with the .bin files of {set}'s binary version.", e);

    internal static TrainingException Unreadable(string path, Exception e)
        => new($"'{path}' cannot be read: {e.Message} Check that the file may be read and no other program changes it.", e);

    internal static TrainingException CifarLength(string path, int length, string set, int recordBytes)
        => new(Invariant($"'{path}' has {length} bytes; a file of {set} has one or more records of {recordBytes} bytes. ")
            + $"It is truncated or no file of {set}'s binary version: unpack that again.");

    internal static TrainingException IdxFilesOfTwoSets(string imagesPath, int images, string labelsPath, int labels)
        => new(Invariant($"'{imagesPath}' has {images} pictures and '{labelsPath}' {labels} classes. Name two files of one set."));

    internal static TrainingException NoIdxFile(string path, string content)
        => new($"'{path}' is no IDX file of {content} with bytes. Name the files as the set is published, pictures first.");

    internal static ArgumentOutOfRangeException IdxSize(int? size, int height, int width, string parameterName)
        => new(parameterName, size, Invariant($"The pictures are {height}×{width}; size must be at least {Math.Max(height, width)}."));

    internal static TensorShapeException PackedLength(long length, ImageShape shape)
        => new(Invariant($"The memory holds {length} samples; ")
            + Invariant($"a picture of {shape} (batch×channels×height×width) needs {shape.ElementCount}. ")
            + "Give memory of that length or the matching size.");

    internal static TensorShapeException PackedBatch(int pictures)
        => new(Invariant($"The tensor holds {pictures} pictures and one is packed at a time. ")
            + $"Pass them one by one with {nameof(ImageTensor)}.{nameof(ImageTensor.Image)}.");

    internal static ArgumentOutOfRangeException PackedRectangle(
        (int Top, int Left, int Height, int Width) rectangle, (int Height, int Width) picture, string parameterName)
        => new(
            parameterName,
            rectangle,
            Invariant($"The rectangle (top, left, height, width) leaves the picture of {picture.Height}×{picture.Width}."));
}
