using ImageRestoration.Imaging;

namespace ImageRestoration.TorchSharp;

/// <summary>A validation with its pictures, which are disposed when <see cref="TrainerOptions.OnValidated"/> returns.</summary>
public sealed class ValidationReport
{
    internal ValidationReport(ValidationScore score, IReadOnlyList<ValidationImage> pictures, IReadOnlyList<ImageTensor> restored)
    {
        Score = score;
        Pictures = pictures;
        Restored = restored;
    }

    /// <summary>Step and mean PSNR.</summary>
    public ValidationScore Score { get; }

    /// <summary>The validation set.</summary>
    public IReadOnlyList<ValidationImage> Pictures { get; }

    /// <summary>What the averaged weights make of each picture: 1 × channels × height × width, nominal range [0, 1].</summary>
    public IReadOnlyList<ImageTensor> Restored { get; }

    /// <summary>Draws a row for each picture: degraded, restored, clean.</summary>
    /// <param name="count">Pictures at most, at least 1: the first of the set.</param>
    /// <returns>One picture; the caller disposes it. The degraded pictures' values may leave [0, 1].</returns>
    public ImageTensor CreateGrid(int count = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return ImageGrid.Create(
            [.. Pictures.Zip(Restored).Take(count).SelectMany(row => new[] { row.First.Degraded, row.Second, row.First.Clean })],
            columns: 3,
            margin: 4);
    }
}
