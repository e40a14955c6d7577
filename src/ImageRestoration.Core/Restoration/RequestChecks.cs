using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>What every restorer asks of a request.</summary>
internal static class RequestChecks
{
    private const int ValuesBetweenChecks = 1 << 22;

    /// <summary>Throws if the request does not fit the restorer.</summary>
    /// <exception cref="TensorShapeException">The channels differ, a needed mask is missing, or a value is NaN or infinite.</exception>
    internal static void ThrowIfUnfit(RestorationRequest request, RestorerInfo info, CancellationToken cancellationToken)
    {
        ImageTensor image = request.Image;
        if (image.Channels != info.Channels)
        {
            throw new TensorShapeException($"The image has {image.Channels} channel(s); restorer '{info.Name}' takes {info.Channels}. {(image.Channels, info.Channels) switch
            {
                (4, 3) => "Convert it to RGB and treat alpha apart.",
                (1, 3) => $"Use a model for grey images, or put a {nameof(ChannelAdaptingRestorer)} around this one.",
                (3, 1) => $"Use a model for RGB images, or put a {nameof(ChannelAdaptingRestorer)} around this one.",
                _ => "Use an image with as many channels as the model takes.",
            }}");
        }

        if (info.TakesMask && request.Mask is null)
        {
            throw new TensorShapeException($"Restorer '{info.Name}' fills in missing pixels and the request has no mask. Pass a mask with 1 where pixels are missing.");
        }

        for (ReadOnlySpan<float> left = image.Span; !left.IsEmpty;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> block = left[..Math.Min(left.Length, ValuesBetweenChecks)];

            // A finite sum proves that every value is finite; otherwise the values themselves are looked at.
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(block)) && block.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new TensorShapeException(
                    "The image holds NaN or infinite values. Replace them, or mark those pixels as missing in a mask and set them to 0.");
            }

            left = left[block.Length..];
        }
    }
}
