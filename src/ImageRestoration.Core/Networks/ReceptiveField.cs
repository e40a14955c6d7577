namespace ImageRestoration.Networks;

/// <summary>
/// How far around an output pixel the input can influence it, as derived from the graph: the largest reach over all positions
/// relative to the strides. Where the output has another scale than the input, distances are counted from the input pixels it covers.
/// </summary>
/// <remarks>
/// Never too small, and exact for networks whose values depend on all channels of the values before. It can be larger than need be where
/// PixelShuffle or PixelUnshuffle keep positions apart in channels that nothing mixes, and where a transposed convolution has a kernel
/// smaller than its stride. Padding that mirrors or repeats pixels is taken for the pixels it stands for, which is exact where a
/// convolution takes back what it adds; tiles must be larger than it, as pictures must.
/// </remarks>
/// <param name="Top">Rows above.</param>
/// <param name="Bottom">Rows below.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Right">Columns to the right.</param>
/// <param name="IsGlobal">Whether some layer looks at the whole picture; the distances then mean nothing.</param>
public readonly record struct ReceptiveField(int Top, int Bottom, int Left, int Right, bool IsGlobal)
{
    /// <summary>The field of a network with a layer that looks at the whole picture.</summary>
    public static ReceptiveField Global => new(0, 0, 0, 0, IsGlobal: true);

    /// <summary>The largest of the four distances: the overlap that tiles need.</summary>
    public int Radius => Math.Max(Math.Max(Top, Bottom), Math.Max(Left, Right));

    /// <summary>Writes the field as <c>height×width</c>.</summary>
    /// <returns>Text such as <c>63×63</c>, or <c>global</c>.</returns>
    public override string ToString() => IsGlobal ? "global" : $"{Top + Bottom + 1}×{Left + Right + 1}";
}
