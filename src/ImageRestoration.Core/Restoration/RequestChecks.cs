using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>What every restorer asks of a request.</summary>
internal static class RequestChecks
{
    private const int ValuesBetweenChecks = 1 << 22;

    /// <summary>Throws if the request does not fit the restorer.</summary>
    /// <exception cref="TensorShapeException">The channels differ.</exception>
    /// <exception cref="MaskRequiredException">A mask is needed and there is none.</exception>
    /// <exception cref="TensorValueException">A value is NaN or infinite.</exception>
    internal static void ThrowIfUnfit(RestorationRequest request, RestorerInfo info, CancellationToken cancellationToken)
    {
        ImageTensor image = request.Image;
        if (image.Channels != info.Channels)
        {
            throw RestorationErrors.WrongChannels(image, info);
        }

        if (info.TakesMask && request.Mask is null)
        {
            throw RestorationErrors.NoMask(info);
        }

        for (ReadOnlySpan<float> left = image.Span; !left.IsEmpty;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> block = left[..Math.Min(left.Length, ValuesBetweenChecks)];

            // A finite sum proves that every value is finite; otherwise the values themselves are looked at.
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(block)) && block.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw RestorationErrors.NotFinite();
            }

            left = left[block.Length..];
        }
    }
}
