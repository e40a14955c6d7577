using ImageRestoration.Degradation.Blurring;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>Blurs pictures as a camera does that moves in a straight line at constant speed while the shutter is open.</summary>
/// <remarks>
/// Each pixel becomes the mean of the picture along a line of the given length and angle around it, with the picture interpolated
/// bilinearly between pixels: lengths and angles are exact to fractions of a pixel, and a length of 0 is no blur.
/// Beyond its border the picture is mirrored, without repeating the border pixel.
/// </remarks>
public sealed class MotionBlur : PerImageDegradation, IDescribed
{
    /// <summary>Points at which the line is sampled for each pixel of its length.</summary>
    private const int Density = 32;

    private static readonly ParameterLimits _lengthLimits = new(0, 1000, "A length is a number of pixels from 0 to 1000.");
    private static readonly ParameterLimits _angleLimits = new(-360, 360, "An angle is a number of degrees from -360 to 360.");

    private readonly ParameterRange _length;
    private readonly ParameterRange _angle;

    /// <summary>Creates blur by one motion.</summary>
    /// <param name="length">Way of the camera in pixels, 0 to 1000. With 0, pictures stay as they are.</param>
    /// <param name="angle">Direction in degrees, counter-clockwise from the right, -360 to 360: 0 is horizontal, 90 is vertical.</param>
    public MotionBlur(double length, double angle)
    {
        _length = ParameterRange.Fixed(length, _lengthLimits, nameof(length));
        _angle = ParameterRange.Fixed(angle, _angleLimits, nameof(angle));
    }

    /// <summary>
    /// Creates blur by varying motions: each picture of a batch gets a length and then an angle of its own, drawn uniformly.
    /// </summary>
    /// <param name="minimumLength">Shortest way in pixels, 0 to 1000.</param>
    /// <param name="maximumLength">Longest way in pixels, <paramref name="minimumLength"/> to 1000.</param>
    /// <param name="minimumAngle">Smallest angle in degrees, -360 to 360.</param>
    /// <param name="maximumAngle">Largest angle in degrees, <paramref name="minimumAngle"/> to 360. 0 to 180 covers all directions.</param>
    public MotionBlur(double minimumLength, double maximumLength, double minimumAngle, double maximumAngle)
    {
        _length = ParameterRange.Between(minimumLength, maximumLength, _lengthLimits, nameof(minimumLength), nameof(maximumLength));
        _angle = ParameterRange.Between(minimumAngle, maximumAngle, _angleLimits, nameof(minimumAngle), nameof(maximumAngle));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add("MinimumLength", _length.Minimum);
        settings.Add("MaximumLength", _length.Maximum);
        settings.Add("MinimumAngle", _angle.Minimum);
        settings.Add("MaximumAngle", _angle.Maximum);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double length = _length.Draw(random), angle = _angle.Draw(random);
        CreateKernel(length, angle).Apply(picture);
    }

    /// <summary>The weights that bilinear interpolation gives the pixels, averaged over the line.</summary>
    internal static Kernel CreateKernel(double length, double angle)
    {
        (double sin, double cos) = PortableMath.SinCosOfTurns(angle / 360);
        double endX = cos * length / 2, endY = -sin * length / 2;
        int radiusX = (int)Math.Ceiling(Math.Abs(endX)), radiusY = (int)Math.Ceiling(Math.Abs(endY));
        int width = (2 * radiusX) + 1;
        double[] weights = new double[width * ((2 * radiusY) + 1)];
        int half = Math.Max(1, (int)Math.Ceiling(length * Density / 2));
        for (int i = 0; i < half; i++)
        {
            // Points to both sides at once keep the kernel symmetric to the last bit.
            double position = (i + 0.5) / half;
            double x = endX * position, y = endY * position;
            int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
            Add(left, top, (1 - (x - left)) * (1 - (y - top)));
            Add(left + 1, top, (x - left) * (1 - (y - top)));
            Add(left, top + 1, (1 - (x - left)) * (y - top));
            Add(left + 1, top + 1, (x - left) * (y - top));
        }

        return new Kernel(weights, radiusY, radiusX);

        void Add(int x, int y, double weight)
        {
            if (weight > 0)
            {
                weights[((radiusY + y) * width) + radiusX + x] += weight;
                weights[((radiusY - y) * width) + radiusX - x] += weight;
            }
        }
    }
}
