using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Quality.Robustness;

/// <summary>One kind of pictures that no model was trained on.</summary>
/// <param name="Name">Name in rows and tables.</param>
/// <param name="Pictures">Makes the pictures, 1×C×H×W, for a number of channels; the caller disposes each.</param>
internal sealed record RobustnessInput(string Name, IReadOnlyList<Func<int, CancellationToken, Task<ImageTensor>>> Pictures)
{
    /// <summary>What is missing, for inpainting.</summary>
    public Func<int, int, Mask> CreateMask { get; init; } = CreateCenter;

    /// <summary>Whether only models that inpaint take it.</summary>
    public bool IsForInpainting { get; init; }

    /// <summary>Whether models that inpaint leave it out.</summary>
    public bool IsForWholePictures { get; init; }

    /// <summary>Whether a good model gives the values back: false where they lie beyond the range, or nothing is known of them.</summary>
    public bool IsClean { get; init; } = true;

    /// <summary>Whether what is missing follows from what is known, so that an inpainting can be judged.</summary>
    public bool IsPredictable { get; init; } = true;

    /// <summary>Whether rows of the picture rise evenly.</summary>
    public bool IsRamp { get; init; }

    /// <summary>The middle third of height and width, at least one pixel.</summary>
    private static Mask CreateCenter(int height, int width)
    {
        var mask = new Mask(height, width);
        for (int y = height / 3; y < Math.Max((2 * height) / 3, (height / 3) + 1); y++)
        {
            mask.Row(y)[(width / 3)..Math.Max((2 * width) / 3, (width / 3) + 1)].Fill(1);
        }

        return mask;
    }
}
