namespace ImageRestoration.Degradation;

/// <summary>Options of <see cref="JpegCompression"/>.</summary>
/// <remarks>
/// Immutable. <see cref="JpegCompression"/> checks the options once, when it is created, and reports all errors together.
/// </remarks>
public sealed record JpegCompressionOptions : IDescribed
{
    /// <summary>Lowest quality, on the scale of the Independent JPEG Group's libjpeg.</summary>
    /// <value>1 to 100; default 10.</value>
    public int MinimumQuality { get; init; } = 10;

    /// <summary>Highest quality. Each compression of each picture gets a quality drawn uniformly from the range.</summary>
    /// <value><see cref="MinimumQuality"/> to 100; default 95.</value>
    public int MaximumQuality { get; init; } = 95;

    /// <summary>
    /// Resolution of the colour planes; <see langword="null"/> draws one of the three for each compression. Grey pictures have none.
    /// </summary>
    /// <value>Default <see cref="ChromaSubsampling.Ratio420"/>.</value>
    public ChromaSubsampling? Subsampling { get; init; } = ChromaSubsampling.Ratio420;

    /// <summary>
    /// Probability that a picture was compressed once before, on a grid of blocks that is shifted by 0 to 7 pixels in each
    /// direction: what happens to files that are edited or cropped and saved again.
    /// </summary>
    /// <value>0 to 1; default 0.</value>
    public double DoubleCompressionProbability { get; init; }

    /// <summary>
    /// Probability that subsampled colour planes are enlarged by repetition, as ImageSharp and other plain decoders do, instead of
    /// libjpeg's triangle filter.
    /// </summary>
    /// <value>0 to 1; default 0.</value>
    public double RepeatedChromaProbability { get; init; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumQuality), MinimumQuality);
        settings.Add(nameof(MaximumQuality), MaximumQuality);
        settings.Add(nameof(Subsampling), Subsampling);
        settings.Add(nameof(DoubleCompressionProbability), DoubleCompressionProbability);
        settings.Add(nameof(RepeatedChromaProbability), RepeatedChromaProbability);
    }

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckCounts(nameof(MinimumQuality), MinimumQuality, nameof(MaximumQuality), MaximumQuality, most: 100);
        if (Subsampling is { } subsampling && !Enum.IsDefined(subsampling))
        {
            errors.Add($"{nameof(Subsampling)} is {subsampling}; it must be 4:4:4, 4:2:2, 4:2:0 or null for any of them.");
        }

        errors.CheckRange(nameof(DoubleCompressionProbability), DoubleCompressionProbability, 0, 1);
        errors.CheckRange(nameof(RepeatedChromaProbability), RepeatedChromaProbability, 0, 1);
        errors.ThrowIfAny("options of the JPEG compression", parameterName);
    }
}
