namespace ImageRestoration.Imaging;

/// <summary>Shape of a batch of pictures in NCHW order: batch, channels, height, width.</summary>
/// <param name="Batch">Number of pictures, at least 1.</param>
/// <param name="Channels">Planes per picture: 1 for grey, 3 for RGB; latents have any number.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct ImageShape(int Batch, int Channels, int Height, int Width)
{
    /// <summary>Number of values: batch × channels × height × width.</summary>
    public long ElementCount => checked((long)Batch * Channels * Height * Width);

    /// <summary>Number of pixels in one picture: height × width.</summary>
    public long PixelCount => (long)Height * Width;

    /// <summary>Makes the shape of a single picture.</summary>
    /// <param name="channels">Planes: 1 for grey, 3 for RGB.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The shape 1 × channels × height × width.</returns>
    public static ImageShape Single(int channels, int height, int width) => new(1, channels, height, width);

    /// <summary>Writes the shape as <c>N×C×H×W</c>.</summary>
    /// <returns>Text such as <c>1×3×480×640</c>.</returns>
    public override string ToString() => Invariant($"{Batch}×{Channels}×{Height}×{Width}");

    /// <summary>Throws if no tensor can have this shape.</summary>
    /// <param name="parameterName">Name of the parameter that the caller gave, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1, or there are more values than one tensor holds.</exception>
    public void ThrowIfInvalid(string parameterName)
    {
        if (Batch < 1 || Channels < 1 || Height < 1 || Width < 1)
        {
            throw ImagingErrors.EmptyShape(this, parameterName);
        }

        Int128 count = (Int128)Batch * Channels * Height * Width;
        if (count > Array.MaxLength)
        {
            throw ImagingErrors.TooLarge(this, count, parameterName);
        }
    }
}
