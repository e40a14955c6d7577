using System.Collections.Immutable;

namespace ImageRestoration.Data;

/// <summary>
/// Several sources as one whose pictures have the channels of all, in the order of the sources: colour with depth or infrared, for example.
/// The n-th pictures of all sources show the same scene, pixel for pixel.
/// </summary>
/// <remarks>Safe for use from several threads. Names are those of the first source.</remarks>
public sealed class AlignedStackSource : IPatchSource
{
    private readonly ImmutableArray<IPatchSource> _sources;

    /// <summary>Stacks sources.</summary>
    /// <param name="sources">At least one source; all have the same number of pictures, and the same sizes picture by picture.</param>
    /// <exception cref="TrainingException">The sources differ in the number of their pictures, or in the size of one.</exception>
    public AlignedStackSource(params ReadOnlySpan<IPatchSource> sources)
    {
        if (sources.IsEmpty)
        {
            throw new ArgumentException("There is no source to stack. Give at least one.", nameof(sources));
        }

        foreach (IPatchSource source in sources)
        {
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
            AlignedSources.ThrowIfUnlike(sources[0], source);
            Channels += source.Channels;
        }

        _sources = [.. sources];
    }

    /// <inheritdoc/>
    public int Count => _sources[0].Count;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public string NameOf(int index) => _sources[0].NameOf(index);

    /// <inheritdoc/>
    public (int Height, int Width) SizeOf(int index) => _sources[0].SizeOf(index);

    /// <inheritdoc/>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
    {
        foreach (IPatchSource source in _sources)
        {
            int length = source.Channels * height * width;
            source.Read(index, top, left, height, width, destination[..length]);
            destination = destination[length..];
        }
    }
}
