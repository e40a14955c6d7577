namespace ImageRestoration.Managed;

/// <summary>
/// Taps of a transposed convolution along one axis for output positions with one remainder by the stride, in the order of the inputs they
/// meet.
/// </summary>
/// <param name="Count">Number of taps; may be 0.</param>
/// <param name="Last">Tap that meets the last input.</param>
/// <param name="Stride">The layer's stride.</param>
/// <param name="Origin">Input position of the first tap for the first output position.</param>
internal readonly record struct TransposedTaps(int Count, int Last, int Stride, int Origin)
{
    internal static TransposedTaps Of(int firstOutput, int kernel, int stride, int padding)
    {
        // Output o meets input i with tap o + padding − i × stride: taps remainder, remainder + stride, … below the kernel.
        int remainder = (firstOutput + padding) % stride;
        int count = remainder >= kernel ? 0 : ((kernel - 1 - remainder) / stride) + 1;
        return new TransposedTaps(count, remainder, stride, ((firstOutput + padding) / stride) - (count - 1));
    }

    /// <summary>The kernel's tap at a place in the reversed order.</summary>
    internal int Tap(int place) => Last + ((Count - 1 - place) * Stride);
}
