using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// How much more neighbours differ across the borders of JPEG's blocks than within them (Wang, Bovik and Evans, "Blind measurement of
/// blocking artifacts in images", 2000), each block's border being compared with the inside of the same block.
/// </summary>
internal static class JpegGrid
{
    private const int Side = BlockTransform.Side;

    // A block with the pixels beyond its right and lower border.
    private const int Reach = Side + 1;
    private const double Scale = 255;

    /// <summary>Measures the mean over the blocks that have a neighbour to the right and below.</summary>
    /// <returns>The mean on the scale [0, 255], and its standard error; 0 where there are fewer than two such blocks.</returns>
    internal static (double Mean, double Error) Measure(ImageTensor image, int picture)
    {
        var blocks = new BlockLattice(image);
        double sum = 0, squares = 0;
        int count = 0;
        Span<float> tones = stackalloc float[Reach * Reach];
        for (int i = 0; i < blocks.Count; i++)
        {
            (int y, int x) = blocks[i];
            if (y + Side < image.Height && x + Side < image.Width)
            {
                ReadTones(image, picture, y, x, tones);
                (double across, double down) = Measure(tones);
                sum += across + down;
                squares += (across * across) + (down * down);
                count += 2;
            }
        }

        if (count < 4)
        {
            return (0, 0);
        }

        double mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)) / count));
    }

    private static (double Across, double Down) Measure(ReadOnlySpan<float> tones)
    {
        double inColumns = 0, acrossBorder = 0, inRows = 0, belowBorder = 0;
        for (int line = 0; line < Side; line++)
        {
            for (int step = 0; step < Side - 1; step++)
            {
                inColumns += Math.Abs(tones[(Reach * line) + step + 1] - tones[(Reach * line) + step]);
                inRows += Math.Abs(tones[(Reach * (step + 1)) + line] - tones[(Reach * step) + line]);
            }

            acrossBorder += Math.Abs(tones[(Reach * line) + Side] - tones[(Reach * line) + Side - 1]);
            belowBorder += Math.Abs(tones[(Reach * Side) + line] - tones[(Reach * (Side - 1)) + line]);
        }

        return (Mean(acrossBorder, inColumns), Mean(belowBorder, inRows));

        static double Mean(double border, double inside) => Scale * (border - (inside / (Side - 1))) / Side;
    }

    /// <summary>Takes the mean over the channels.</summary>
    private static void ReadTones(ImageTensor image, int picture, int y, int x, Span<float> tones)
    {
        tones.Clear();
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<float> plane = image.Plane(picture, channel)[((y * image.Width) + x)..];
            for (int row = 0; row < Reach; row++)
            {
                Span<float> target = tones.Slice(Reach * row, Reach);
                TensorPrimitives.MultiplyAdd(plane.Slice(row * image.Width, Reach), 1f / image.Channels, target, target);
            }
        }
    }
}
