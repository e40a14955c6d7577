using ImageRestoration.Degradation.Blurring;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Blurs pictures as a lens out of focus does: each point becomes a disk of even brightness.</summary>
/// <remarks>
/// A pixel's weight is the part of it that the disk covers, so that radii are exact to fractions of a pixel; radii of up to half a pixel
/// are no blur. Beyond its border the picture is mirrored, without repeating the border pixel.
/// </remarks>
public sealed class DefocusBlur : PerImageDegradation, IDescribed
{
    /// <summary>Lines on which the covered part of a row of pixels is measured.</summary>
    private const int Lines = 32;

    private static readonly ParameterLimits _limits = new(0, 100, "A radius is a number of pixels from 0 to 100.");

    private readonly ParameterRange _radius;

    /// <summary>Creates blur of one strength.</summary>
    /// <param name="radius">Radius of the disk in pixels, 0 to 100.</param>
    public DefocusBlur(double radius) => _radius = ParameterRange.Fixed(radius, _limits, nameof(radius));

    /// <summary>Creates blur of varying strength: each picture of a batch gets a radius of its own, drawn uniformly.</summary>
    /// <param name="minimumRadius">Smallest radius in pixels, 0 to 100.</param>
    /// <param name="maximumRadius">Largest radius in pixels, <paramref name="minimumRadius"/> to 100.</param>
    public DefocusBlur(double minimumRadius, double maximumRadius)
        => _radius = ParameterRange.Between(minimumRadius, maximumRadius, _limits, nameof(minimumRadius), nameof(maximumRadius));

    /// <summary>Smallest radius in pixels.</summary>
    public double MinimumRadius => _radius.Minimum;

    /// <summary>Largest radius in pixels.</summary>
    public double MaximumRadius => _radius.Maximum;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumRadius), MinimumRadius);
        settings.Add(nameof(MaximumRadius), MaximumRadius);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        CreateKernel(_radius.Draw(random)).Apply(picture);
    }

    internal static Kernel CreateKernel(double radius)
    {
        int reach = Math.Max(0, (int)Math.Ceiling(radius - 0.5));
        int width = (2 * reach) + 1;
        double[] weights = new double[width * width];
        weights[weights.Length / 2] = reach == 0 ? 1 : 0;
        for (int y = -reach; y <= reach; y++)
        {
            for (int line = 0; line < Lines; line++)
            {
                double height = y - 0.5 + ((line + 0.5) / Lines);
                double square = (radius * radius) - (height * height);
                double chord = square > 0 ? Math.Sqrt(square) : 0;
                for (int x = -reach; x <= reach; x++)
                {
                    weights[((y + reach) * width) + x + reach] += Math.Max(0, Math.Min(chord, x + 0.5) - Math.Max(-chord, x - 0.5));
                }
            }
        }

        return new Kernel(weights, reach, reach);
    }
}
