using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>One run of Telea's method over a batch of pictures with the same mask.</summary>
internal sealed class TeleaFiller
{
    // Pixels exactly across the marching direction would have weight zero; where there are no others they still count.
    private const float SmallestDirection = 0.01f;
    private const float AcrossDirection = 1e-6f;

    private readonly ImageTensor _image;
    private readonly FastMarching _front;
    private readonly Memory<float> _values;
    private readonly int _planes;
    private readonly int _radius;
    private readonly (int Dx, int Dy, float Weight)[] _disc;
    private readonly float[] _sums;

    internal TeleaFiller(ImageTensor image, Mask mask, int radius, CancellationToken cancellationToken)
    {
        _image = image;
        _values = image.Memory;
        _front = new FastMarching(mask, cancellationToken);
        _planes = image.Batch * image.Channels;
        _radius = radius;
        _disc = [.. CreateDisc(radius)];
        _sums = new float[_planes];
    }

    internal void Run(CancellationToken cancellationToken)
    {
        _front.MarchOutside(2 * _radius, cancellationToken);
        _front.MarchInside(Estimate, cancellationToken);
    }

    /// <summary>The factors that depend on the position alone: 1/r² for the distance, 1/r for the unit vector of the direction.</summary>
    private static IEnumerable<(int Dx, int Dy, float Weight)> CreateDisc(int radius)
    {
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                int square = (dx * dx) + (dy * dy);
                if (square > 0 && square <= radius * radius)
                {
                    yield return (dx, dy, 1 / (square * MathF.Sqrt(square)));
                }
            }
        }
    }

    private void Estimate(int position)
    {
        int stride = _front.Stride;
        (int y, int x) = (position / stride, position % stride);
        float gradientX = Gradient(position, 1);
        float gradientY = Gradient(position, stride);
        float distance = _front.Distances[position];
        ReadOnlySpan<float> values = _values.Span;
        Span<float> sums = _sums;
        sums.Clear();
        float total = 0;
        int plane = _image.Height * _image.Width;
        foreach ((int dx, int dy, float near) in _disc)
        {
            if ((uint)(x + dx - 1) >= (uint)_image.Width || (uint)(y + dy - 1) >= (uint)_image.Height)
            {
                continue;
            }

            int other = position + (dy * stride) + dx;
            if (!_front.IsReached(other))
            {
                continue;
            }

            float direction = Math.Abs((dx * gradientX) + (dy * gradientY));
            float level = 1 / (1 + Math.Abs(_front.Distances[other] - distance));
            float weight = near * level * (direction <= SmallestDirection ? AcrossDirection : direction);
            total += weight;
            int index = ((y + dy - 1) * _image.Width) + x + dx - 1;
            for (int c = 0; c < sums.Length; c++, index += plane)
            {
                sums[c] += weight * values[index];
            }
        }

        int target = ((y - 1) * _image.Width) + x - 1;
        for (int c = 0; c < sums.Length; c++, target += plane)
        {
            _values.Span[target] = sums[c] / total;
        }
    }

    /// <summary>Slope of the distances: central where both neighbours have one, otherwise to one side.</summary>
    private float Gradient(int position, int step)
    {
        float here = _front.Distances[position];
        return (_front.IsReached(position - step), _front.IsReached(position + step)) switch
        {
            (true, true) => 0.5f * (_front.Distances[position + step] - _front.Distances[position - step]),
            (true, false) => here - _front.Distances[position - step],
            (false, true) => _front.Distances[position + step] - here,
            _ => 0,
        };
    }
}
