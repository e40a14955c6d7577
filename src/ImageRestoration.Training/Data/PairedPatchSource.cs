namespace ImageRestoration.Data;

/// <summary>Two sources as one: the n-th picture of the one is the degraded partner of the n-th picture of the other.</summary>
/// <remarks>Safe for use from several threads. Names are those of the clean pictures.</remarks>
public sealed class PairedPatchSource : IPairedPatchSource
{
    private readonly IPatchSource _clean;
    private readonly IPatchSource _degraded;

    /// <summary>Pairs two sources.</summary>
    /// <param name="clean">What the network should make.</param>
    /// <param name="degraded">What the network is given, with as many pictures, of the same sizes and channels.</param>
    /// <exception cref="TrainingException">
    /// The sources differ in channels, in the number of their pictures, or in the size of one.
    /// </exception>
    public PairedPatchSource(IPatchSource clean, IPatchSource degraded)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(degraded);
        if (clean.Channels != degraded.Channels)
        {
            throw DataErrors.UnlikeChannels(clean.Channels, degraded.Channels);
        }

        AlignedSources.ThrowIfUnlike(clean, degraded);
        _clean = clean;
        _degraded = degraded;
    }

    /// <inheritdoc/>
    public int Count => _clean.Count;

    /// <inheritdoc/>
    public int Channels => _clean.Channels;

    /// <inheritdoc/>
    public string NameOf(int index) => _clean.NameOf(index);

    /// <inheritdoc/>
    public (int Height, int Width) SizeOf(int index) => _clean.SizeOf(index);

    /// <inheritdoc/>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        => _clean.Read(index, top, left, height, width, destination);

    /// <inheritdoc/>
    public void ReadDegraded(int index, int top, int left, int height, int width, Span<float> destination)
        => _degraded.Read(index, top, left, height, width, destination);
}
