namespace ImageRestoration.Masking;

/// <summary>Draws masks of missing pixels: for training, evaluation and demonstrations.</summary>
/// <remarks>Implementations are immutable and safe for use from several threads; the random source is the caller's.</remarks>
public interface IMaskStrategy
{
    /// <summary>Draws a mask. The same size and the same state of <paramref name="random"/> give the same mask.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="random">Source of all randomness; <see cref="Numerics.SeededRandom"/> makes the same masks on every platform.</param>
    /// <returns>The mask: 1 = missing, 0 = known.</returns>
    Mask Create(int height, int width, Random random);
}
