using System.Collections.Concurrent;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Data;

/// <summary>Tells which gain a whole picture needs once it is degraded, of pixels on a grid that it keeps of every picture.</summary>
internal sealed class ExposureProbe(IPatchSource source, IDegradation? degradation)
{
    private const int Side = 32;

    private readonly ConcurrentDictionary<int, PackedImage> _samples = new();

    /// <summary>Computes the gain that a picture needs.</summary>
    /// <param name="picture">Picture of the source.</param>
    /// <param name="random">Where the degradation of a patch is going to draw its numbers; it is left as it is.</param>
    /// <returns>Stops.</returns>
    internal double StopsOf(int picture, SeededRandom random)
    {
        PackedImage samples = _samples.GetOrAdd(picture, Sample);
        using ImageTensor whole = ImageTensor.CreateUninitialized(ImageShape.Single(samples.Channels, samples.Height, samples.Width));
        samples.Read(0, 0, samples.Height, samples.Width, whole.Span);
        degradation?.Apply(whole, random.Clone());
        return AutoExposure.StopsOf(whole);
    }

    private PackedImage Sample(int index)
    {
        (int height, int width) = source.SizeOf(index);
        int rows = Math.Min(Side, height), columns = Math.Min(Side, width);
        using ImageTensor line = ImageTensor.CreateUninitialized(ImageShape.Single(source.Channels, 1, width));
        using ImageTensor samples = ImageTensor.CreateUninitialized(ImageShape.Single(source.Channels, rows, columns));
        for (int row = 0; row < rows; row++)
        {
            int top = Position(row, rows, height);
            if (source is IPairedPatchSource pairs)
            {
                pairs.ReadDegraded(index, top, 0, 1, width, line.Span);
            }
            else
            {
                source.Read(index, top, 0, 1, width, line.Span);
            }

            for (int channel = 0; channel < source.Channels; channel++)
            {
                for (int x = 0; x < columns; x++)
                {
                    samples.Row(0, channel, row)[x] = line.Row(0, channel, 0)[Position(x, columns, width)];
                }
            }
        }

        return PackedImage.Pack(samples, bits: 16);
    }

    /// <summary>Middle of the n-th of equal parts.</summary>
    private static int Position(int part, int parts, int extent) => (int)(((2L * part) + 1) * extent / (2 * parts));
}
