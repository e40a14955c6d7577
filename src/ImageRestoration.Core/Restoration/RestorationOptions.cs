using ImageRestoration.Imaging;

namespace ImageRestoration.Restoration;

/// <summary>Settings of one call to a restorer.</summary>
public sealed record RestorationOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static RestorationOptions Default { get; } = new();

    /// <summary>Whether results are limited to the nominal range [0, 1]. Known pixels of an inpainting are never changed.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Clamp { get; init; } = true;

    /// <summary>How much of the restored picture there is in the result; the rest is the picture as it was given.</summary>
    /// <value>In [0, 1]. Default 1: the restored picture.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public float Strength
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw RestorationErrors.WrongStrength(value);
    } = 1;

    /// <summary>
    /// How much longer the picture is to seem exposed than automatic exposure says, where the restorer takes the exposure
    /// (<see cref="RestorerInfo.NormalizesExposure"/>): more light for a room, less where night is to stay night.
    /// </summary>
    /// <value>Stops in [-10, 10]. Default 0: <see cref="Imaging.AutoExposure"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [-10, 10].</exception>
    public double TargetExposure
    {
        get;
        init => field = value is >= -AutoExposure.MaximumStops and <= AutoExposure.MaximumStops
            ? value
            : throw RestorationErrors.WrongTargetExposure(value);
    }

    /// <summary>
    /// Hears of each part of this call that is done, from whichever thread did it; the last report has as many done as there are. Parts are
    /// tiles (<c>TiledRestorer</c>), variants (<see cref="SelfEnsembleRestorer"/>) or planes (<see cref="ChannelAdaptingRestorer"/>); other
    /// restorers have one part.
    /// </summary>
    /// <value>Default <see langword="null"/>: nobody.</value>
    public IProgress<RestorationProgress>? Progress { get; init; }

    /// <summary>The settings for a part of a call, which is nobody's progress.</summary>
    internal RestorationOptions ForPart() => Progress is null ? this : this with { Progress = null };

    /// <summary>The settings for a restorer inside another one, which itself does the rest.</summary>
    internal RestorationOptions ForInside() => Strength == 1 ? this : this with { Strength = 1 };
}
