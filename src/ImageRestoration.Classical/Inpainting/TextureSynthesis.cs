using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>One run over one picture whose missing part holds its structure already.</summary>
internal sealed class TextureSynthesis(TextureSynthesisOptions options, ParallelOptions parallel)
{
    // How far from missing pixels texture is copied from, at least.
    private const int Reach = 96;

    // What a band shall have of the sharpness of the finer one before it: coarse structures that are not the true ones are farther from
    // the truth than fine ones.
    private const float CoarserShare = 5 / 6f;

    private const float LargestGain = 1.25f;

    // Detail beside known pixels, so that the border does not show.
    private const float BorderShare = 0.5f;

    internal void Run(ImageTensor image, int picture, Mask mask)
    {
        PixelBox box = PixelBox.AroundMissing(mask, Reach);
        byte[] missing = new byte[box.Height * box.Width];
        for (int y = 0; y < box.Height; y++)
        {
            TensorPrimitives.Min(
                mask.Row(box.Top + y).Slice(box.Left, box.Width), (byte)1, missing.AsSpan(y * box.Width, box.Width));
        }

        if (!missing.Contains((byte)0))
        {
            return;
        }

        var smoothing = new SplineSmoothing(box.Height, box.Width, parallel);
        DetailBands bands = DetailBands.Create(image, picture, box, smoothing, parallel.CancellationToken);
        float[][] expected = ExpectedDetail.Estimate(bands, missing, smoothing, parallel);
        if (new TextureMatch(bands, missing, expected, options, parallel).Find() is not { } sources)
        {
            return;
        }

        float[][] added = bands.BaseShift(sources, smoothing, parallel);
        for (int j = DetailBands.Count - 1; j >= 0; j--)
        {
            float[][] detail = bands.Detail(j, parallel);
            (float[] gains, float[] lacking) = FindGains(detail, j, sources, expected[j], box, smoothing);
            if (j == DetailBands.Count - 1)
            {
                // Where the structure has the coarsest detail it knows the base, too.
                Array.ForEach(added, plane => TensorPrimitives.Multiply(plane, lacking, plane));
            }

            Parallel.For(0, box.Height, parallel, y =>
            {
                for (int x = 0, i = y * box.Width; x < box.Width; x++, i++)
                {
                    float gain = missing[i] == 0 ? 0 : IsBesideKnown(missing, box, y, x) ? BorderShare * gains[i] : gains[i];
                    for (int c = 0; c < added.Length; c++)
                    {
                        added[c][i] += gain * detail[c][sources[i]];
                    }
                }
            });
        }

        Parallel.For(0, box.Height, parallel, y =>
        {
            for (int c = 0; c < added.Length; c++)
            {
                Span<float> row = image.Row(picture, c, box.Top + y).Slice(box.Left, box.Width);
                for (int x = 0, i = y * box.Width; x < row.Length; x++, i++)
                {
                    row[x] += missing[i] == 0 ? 0 : added[c][i];
                }
            }
        });
    }

    private static bool IsBesideKnown(byte[] missing, PixelBox box, int y, int x)
    {
        int i = (y * box.Width) + x;
        return (y > 0 && missing[i - box.Width] == 0) || (y + 1 < box.Height && missing[i + box.Width] == 0)
            || (x > 0 && missing[i - 1] == 0) || (x + 1 < box.Width && missing[i + 1] == 0);
    }

    /// <summary>
    /// What a band of copied detail is multiplied by before it is added to what the structure has in that band, so that the sum has the
    /// wanted energy around each pixel: g in |s + g d|² = e, with means over a neighbourhood. 0 where the structure has enough. And the
    /// share of the wanted energy that the structure lacks, 0 to 1.
    /// </summary>
    private (float[] Gains, float[] Lacking) FindGains(
        float[][] detail, int band, int[] sources, float[] expected, PixelBox box, SplineSmoothing smoothing)
    {
        float[] own = new float[sources.Length], copied = new float[sources.Length], both = new float[sources.Length];
        Parallel.For(0, box.Height, parallel, y =>
        {
            foreach (float[] plane in detail)
            {
                for (int i = y * box.Width; i < (y + 1) * box.Width; i++)
                {
                    (float s, float d) = (plane[i], plane[sources[i]]);
                    own[i] += s * s;
                    copied[i] += d * d;
                    both[i] += s * d;
                }
            }
        });
        smoothing.OverNeighbourhood(own, band);
        smoothing.OverNeighbourhood(copied, band);
        smoothing.OverNeighbourhood(both, band);
        float sharpness = options.Sharpness * MathF.Pow(CoarserShare, band), share = sharpness * sharpness;
        Parallel.For(0, box.Height, parallel, y =>
        {
            for (int i = y * box.Width; i < (y + 1) * box.Width; i++)
            {
                float wanted = share * expected[i], lacking = Math.Max(0, wanted - own[i]);
                own[i] = lacking > 0 && copied[i] > 0
                    ? Math.Min((MathF.Sqrt((both[i] * both[i]) + (copied[i] * lacking)) - both[i]) / copied[i], LargestGain)
                    : 0;
                both[i] = lacking > 0 ? lacking / wanted : 0;
            }
        });
        return (own, both);
    }
}
