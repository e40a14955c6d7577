using ImageRestoration.Numerics;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// The first guess on the coarsest scale: the missing part is filled layer by layer from its rim, each pixel from the source whose patch
/// agrees best with what the pixel's own patch has so far ("onion peel", Newson et al. 2014, section 3.4).
/// </summary>
internal sealed class PatchLayerFill(PatchLevel level, PatchField field, int half, long seed)
{
    // Comparisons of patches per run, shared among the pixels; no pixel has fewer or more than these.
    private const long Comparisons = 2_000_000;
    private const int FewestCandidates = 64;
    private const int MostCandidates = 4096;

    private readonly byte[] _empty = [.. level.Missing];
    private readonly int[] _origins = CreateOrigins(level.Missing.Length);

    internal void Run(CancellationToken cancellationToken)
    {
        List<int> missing = [.. Enumerable.Range(0, _empty.Length).Where(i => _empty[i] != 0)];
        int candidates = (int)Math.Clamp(Comparisons / Math.Max(1, missing.Count), FewestCandidates, MostCandidates);
        for (int layer = 0; missing.Count > 0; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] pixels = [.. missing.Where(HasFilledNeighbour)];
            if (field is { HasSources: true, IsRelaxed: false })
            {
                Parallel.For(
                    0,
                    pixels.Length,
                    new ParallelOptions { CancellationToken = cancellationToken },
                    i => FillFromSource(pixels[i], candidates, SeededRandom.ForSample(seed, layer, i)));
            }
            else
            {
                Array.ForEach(pixels, FillFromNeighbours);
            }

            foreach (int pixel in pixels)
            {
                _empty[pixel] = 0;
            }

            missing.RemoveAll(i => _empty[i] == 0);
        }
    }

    private static int[] CreateOrigins(int length)
    {
        int[] origins = new int[length];
        origins.AsSpan().Fill(-1);
        return origins;
    }

    private bool HasFilledNeighbour(int pixel)
    {
        foreach (int neighbour in Neighbours(pixel))
        {
            if (_empty[neighbour] == 0)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<int> Neighbours(int pixel)
    {
        (int y, int x) = (pixel / level.Width, pixel % level.Width);
        for (int v = Math.Max(0, y - 1); v <= Math.Min(level.Height - 1, y + 1); v++)
        {
            for (int u = Math.Max(0, x - 1); u <= Math.Min(level.Width - 1, x + 1); u++)
            {
                if (v != y || u != x)
                {
                    yield return (v * level.Width) + u;
                }
            }
        }
    }

    private void FillFromSource(int pixel, int candidates, SeededRandom random)
    {
        // The patch around a pixel near the border is the one that reaches up to the border.
        int y = Math.Clamp(pixel / level.Width, half, level.Height - 1 - half);
        int x = Math.Clamp(pixel % level.Width, half, level.Width - 1 - half);
        int target = (y * level.Width) + x;
        int best = field.RandomSource(target, random);
        float least = Distance(target, best, float.PositiveInfinity);
        foreach (int neighbour in Neighbours(pixel))
        {
            if (_empty[neighbour] == 0 && _origins[neighbour] >= 0)
            {
                Try(_origins[neighbour] + target - neighbour);
            }
        }

        for (int i = 0; i < candidates; i++)
        {
            Try(field.RandomSource(target, random));
        }

        int origin = best + pixel - target;
        _origins[pixel] = origin;
        level.Values.AsSpan(origin * level.Channels, level.Channels).CopyTo(level.Values.AsSpan(pixel * level.Channels));

        void Try(int source)
        {
            if (field.IsAllowed(target, source) && Distance(target, source, least) is var distance && distance < least)
            {
                (best, least) = (source, distance);
            }
        }
    }

    private float Distance(int target, int source, float bound)
    {
        int channels = level.Channels;
        float sum = 0;
        for (int row = -half; row <= half && sum < bound; row++)
        {
            int offset = (row * level.Width) - half;
            for (int i = offset; i <= offset + (2 * half); i++)
            {
                if (_empty[target + i] == 0)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        float difference = level.Values[((target + i) * channels) + c] - level.Values[((source + i) * channels) + c];
                        sum += difference * difference;
                    }
                }
            }
        }

        return sum;
    }

    private void FillFromNeighbours(int pixel)
    {
        Span<float> values = level.Values.AsSpan(pixel * level.Channels, level.Channels);
        values.Clear();
        int count = 0;
        foreach (int neighbour in Neighbours(pixel))
        {
            if (_empty[neighbour] == 0)
            {
                count++;
                for (int c = 0; c < values.Length; c++)
                {
                    values[c] += level.Values[(neighbour * level.Channels) + c];
                }
            }
        }

        for (int c = 0; c < values.Length; c++)
        {
            values[c] /= count;
        }
    }
}
