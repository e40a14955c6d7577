using System.Buffers;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Completion;

/// <summary>Gives each missing pixel the value of the nearest known pixel (Euclidean distance).</summary>
/// <remarks><para>The fastest method: linear time. Ties go to the smaller column, then to the smaller row.</para><inheritdoc cref="CompletionRestorer"/></remarks>
public sealed class NearestRestorer : CompletionRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    public NearestRestorer(int channels = 3)
        : base("nearest", channels)
    {
    }

    /// <summary>Replaces the missing pixels by their nearest known ones.</summary>
    internal static void Fill(ImageTensor image, ReadOnlySpan<byte> missing, ReadOnlySpan<int> nearest)
    {
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                Span<float> plane = image.Plane(n, c);
                for (int i = 0; i < missing.Length; i++)
                {
                    if (missing[i] != 0)
                    {
                        plane[i] = plane[nearest[i]];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        int[] nearest = ArrayPool<int>.Shared.Rent(mask.Values.Length);
        try
        {
            NearestKnownPixels.Find(mask, nearest, cancellationToken);
            Fill(image, mask.Values, nearest);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(nearest);
        }
    }
}
