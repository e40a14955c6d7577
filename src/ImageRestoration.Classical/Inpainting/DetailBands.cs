using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// A part of a picture as a smooth base and bands of detail that add up to it. Band j is what the smoothing over steps of 2ʲ takes away:
/// structures of about 2 · 2ʲ pixels.
/// </summary>
internal sealed class DetailBands
{
    /// <summary>Bands of detail.</summary>
    internal const int Count = 3;

    // The picture itself, then smoother and smoother, each as planes of channels.
    private readonly float[][][] _smooth;

    private DetailBands(PixelBox box, float[][][] smooth) => (Box, _smooth) = (box, smooth);

    /// <summary>Where the part lies in the picture.</summary>
    internal PixelBox Box { get; }

    /// <summary>Pixels of the part.</summary>
    internal int PixelCount => Box.Height * Box.Width;

    /// <summary>Channels of the picture.</summary>
    internal int Channels => _smooth[0].Length;

    /// <summary>The part itself: planes of channels, height × width values each.</summary>
    internal float[][] Picture => _smooth[0];

    /// <summary>The part without its detail.</summary>
    internal float[][] Base => _smooth[Count];

    internal static DetailBands Create(
        ImageTensor image, int picture, PixelBox box, SplineSmoothing smoothing, CancellationToken cancellationToken)
    {
        float[][][] smooth = new float[Count + 1][][];
        for (int j = 0; j <= Count; j++)
        {
            smooth[j] = new float[image.Channels][];
            for (int c = 0; c < image.Channels; c++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                smooth[j][c] = new float[box.Height * box.Width];
                if (j > 0)
                {
                    smoothing.Run(smooth[j - 1][c], smooth[j][c], 1 << (j - 1));
                    continue;
                }

                for (int y = 0; y < box.Height; y++)
                {
                    image.Row(picture, c, box.Top + y).Slice(box.Left, box.Width).CopyTo(smooth[j][c].AsSpan(y * box.Width));
                }
            }
        }

        return new DetailBands(box, smooth);
    }

    /// <summary>A band: planes of channels.</summary>
    internal float[][] Detail(int band, ParallelOptions parallel)
    {
        float[][] planes = new float[Channels][];
        for (int c = 0; c < Channels; c++)
        {
            (float[] plane, float[] sharp, float[] smooth) = (new float[PixelCount], _smooth[band][c], _smooth[band + 1][c]);
            Parallel.For(0, Box.Height, parallel, y =>
            {
                (int start, int width) = (y * Box.Width, Box.Width);
                TensorPrimitives.Subtract(
                    sharp.AsSpan(start, width), smooth.AsSpan(start, width), plane.AsSpan(start, width));
            });
            planes[c] = plane;
        }

        return planes;
    }

    /// <summary>
    /// How far the base is from those of the pixels that detail is copied from, smoothed as the base is: planes of channels. Where known
    /// pixels are their own sources it falls to 0.
    /// </summary>
    internal float[][] BaseShift(int[] sources, SplineSmoothing smoothing, ParallelOptions parallel)
    {
        float[][] planes = new float[Channels][];
        for (int c = 0; c < Channels; c++)
        {
            (float[] plane, float[] smooth) = (new float[PixelCount], Base[c]);
            Parallel.For(0, Box.Height, parallel, y =>
            {
                for (int i = y * Box.Width; i < (y + 1) * Box.Width; i++)
                {
                    plane[i] = smooth[sources[i]] - smooth[i];
                }
            });
            for (int j = 0; j < Count; j++)
            {
                smoothing.Run(plane, plane, 1 << j);
            }

            planes[c] = plane;
        }

        return planes;
    }
}
