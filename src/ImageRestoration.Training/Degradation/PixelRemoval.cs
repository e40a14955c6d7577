using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Degradation;

/// <summary>Removes pixels: a mask is drawn for each picture, and what it says is missing gets another value.</summary>
public sealed class PixelRemoval : PerImageDegradation, IDescribed
{
    private readonly IMaskStrategy _strategy;

    /// <summary>Creates the degradation.</summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <param name="fill">What missing pixels become.</param>
    public PixelRemoval(IMaskStrategy strategy, InitialFill fill = InitialFill.Zero)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        if (!Enum.IsDefined(fill))
        {
            throw DegradationErrors.Unknown("fill", fill, nameof(fill));
        }

        _strategy = strategy;
        Fill = fill;
    }

    /// <summary>What missing pixels become.</summary>
    public InitialFill Fill { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddMasks("Strategy", _strategy);
        settings.Add(nameof(Fill), Fill);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        MissingPixels.Fill(picture, _strategy.Create(picture.Height, picture.Width, random), Fill, random);
    }
}
