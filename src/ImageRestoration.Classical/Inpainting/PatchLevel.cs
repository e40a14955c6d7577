using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>One scale of a picture: pixels with interleaved channels, so that a patch's rows are contiguous, and what is missing.</summary>
internal sealed class PatchLevel
{
    internal PatchLevel(int height, int width, int channels, int margin = 0)
    {
        Margin = margin;
        Height = height;
        Width = width;
        Channels = channels;
        Missing = new byte[checked(height * width)];

        // Patch rows are read in whole vectors.
        Values = new float[checked((height * width * channels) + System.Numerics.Vector<float>.Count)];
    }

    internal int Height { get; }

    internal int Width { get; }

    internal int Channels { get; }

    /// <summary>Pixels at each side that do not belong to the picture.</summary>
    internal int Margin { get; }

    /// <summary>1 = missing.</summary>
    internal byte[] Missing { get; }

    /// <summary>height × width × channels values.</summary>
    internal float[] Values { get; }

    internal static PatchLevel Create(ImageTensor image, int picture, Mask mask)
    {
        var level = new PatchLevel(image.Height, image.Width, image.Channels);
        TensorPrimitives.Min(mask.Values, (byte)1, level.Missing);
        for (int c = 0; c < image.Channels; c++)
        {
            ReadOnlySpan<float> plane = image.Plane(picture, c);
            for (int i = 0; i < plane.Length; i++)
            {
                level.Values[(i * image.Channels) + c] = plane[i];
            }
        }

        return level;
    }

    internal void CopyMissingTo(ImageTensor image, int picture)
    {
        for (int c = 0; c < Channels; c++)
        {
            Span<float> plane = image.Plane(picture, c);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = Missing[i] == 0 ? plane[i] : Values[(i * Channels) + c];
            }
        }
    }

    /// <summary>Halves the scale: the mean of those of four pixels that are known; missing where all four are.</summary>
    internal PatchLevel Halve()
    {
        var half = new PatchLevel((Height + 1) / 2, (Width + 1) / 2, Channels);
        Parallel.For(0, half.Height, y =>
        {
            for (int x = 0; x < half.Width; x++)
            {
                Span<float> mean = half.Values.AsSpan(((y * half.Width) + x) * Channels, Channels);
                int known = 0;
                for (int v = 2 * y; v < Math.Min(Height, (2 * y) + 2); v++)
                {
                    for (int u = 2 * x; u < Math.Min(Width, (2 * x) + 2); u++)
                    {
                        int i = (v * Width) + u;
                        if (Missing[i] == 0)
                        {
                            known++;
                            for (int c = 0; c < mean.Length; c++)
                            {
                                mean[c] += Values[(i * Channels) + c];
                            }
                        }
                    }
                }

                half.Missing[(y * half.Width) + x] = known == 0 ? (byte)1 : (byte)0;
                for (int c = 0; c < mean.Length; c++)
                {
                    mean[c] = known == 0 ? 0 : mean[c] / known;
                }
            }
        });
        return half;
    }

    /// <summary>Halves the scale: the mean of all four pixels, missing ones too, which hold a guess; missing where all four are.</summary>
    internal PatchLevel HalveAll(ParallelOptions parallel)
    {
        var half = new PatchLevel((Height + 1) / 2, (Width + 1) / 2, Channels);
        Parallel.For(0, half.Height, parallel, y =>
        {
            for (int x = 0; x < half.Width; x++)
            {
                Span<float> mean = half.Values.AsSpan(((y * half.Width) + x) * Channels, Channels);
                int missing = 0, count = 0;
                for (int v = 2 * y; v < Math.Min(Height, (2 * y) + 2); v++)
                {
                    for (int u = 2 * x; u < Math.Min(Width, (2 * x) + 2); u++)
                    {
                        int i = (v * Width) + u;
                        count++;
                        missing += Missing[i];
                        for (int c = 0; c < mean.Length; c++)
                        {
                            mean[c] += Values[(i * Channels) + c];
                        }
                    }
                }

                half.Missing[(y * half.Width) + x] = missing == count ? (byte)1 : (byte)0;
                for (int c = 0; c < mean.Length; c++)
                {
                    mean[c] /= count;
                }
            }
        });
        return half;
    }

    /// <summary>The picture enlarged on all sides by mirroring, so that there is a whole patch around each of its pixels.</summary>
    internal PatchLevel WithMargin(int margin, ParallelOptions parallel)
    {
        var enlarged = new PatchLevel(Height + (2 * margin), Width + (2 * margin), Channels, margin);
        Parallel.For(0, enlarged.Height, parallel, y =>
        {
            int from = MirrorPadding.Mirror(y - margin, Height) * Width, to = y * enlarged.Width;
            Missing.AsSpan(from, Width).CopyTo(enlarged.Missing.AsSpan(to + margin));
            Values.AsSpan(from * Channels, Width * Channels).CopyTo(enlarged.Values.AsSpan((to + margin) * Channels));
            for (int i = 0; i < 2 * margin; i++)
            {
                int x = i < margin ? i : i + Width, mirrored = from + MirrorPadding.Mirror(x - margin, Width);
                enlarged.Missing[to + x] = Missing[mirrored];
                Values.AsSpan(mirrored * Channels, Channels).CopyTo(enlarged.Values.AsSpan((to + x) * Channels));
            }
        });

        return enlarged;
    }

    /// <summary>Gives the missing pixels the coarser scale's values, interpolated bilinearly.</summary>
    internal void FillFrom(PatchLevel coarser)
    {
        Parallel.For(0, Height, y =>
        {
            (int above, int below, float down) = Position(y, coarser.Height);
            for (int x = 0; x < Width; x++)
            {
                if (Missing[(y * Width) + x] == 0)
                {
                    continue;
                }

                (int left, int right, float across) = Position(x, coarser.Width);
                for (int c = 0; c < Channels; c++)
                {
                    float top = Lerp(coarser.Value(above, left, c), coarser.Value(above, right, c), across);
                    float bottom = Lerp(coarser.Value(below, left, c), coarser.Value(below, right, c), across);
                    Values[(((y * Width) + x) * Channels) + c] = Lerp(top, bottom, down);
                }
            }
        });

        static (int First, int Second, float Share) Position(int fine, int extent)
            => (fine & 1) == 0 ? (Math.Max(0, (fine / 2) - 1), fine / 2, 0.75f) : (fine / 2, Math.Min(extent - 1, (fine / 2) + 1), 0.25f);

        static float Lerp(float a, float b, float share) => a + ((b - a) * share);
    }

    private float Value(int y, int x, int c) => Values[(((y * Width) + x) * Channels) + c];
}
