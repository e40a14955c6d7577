using ImageRestoration.Imaging;

namespace ImageRestoration.Data;

/// <summary>What one training step learns from: degraded pictures and the pictures they should become.</summary>
public sealed class TrainingBatch : IDisposable
{
    private readonly string[] _sources;
    private readonly int[]? _labels;

    /// <summary>Creates a batch that takes over its tensors.</summary>
    /// <param name="step">Step that it belongs to, from 0.</param>
    /// <param name="input">Degraded pictures, NCHW; may leave [0, 1].</param>
    /// <param name="target">Clean pictures of the same shape, in [0, 1].</param>
    /// <param name="sources">Names of the pictures that the samples come from; copied.</param>
    /// <param name="mask">
    /// Missing pixels (1) of each sample, batch × 1 × height × width; <see langword="null"/> where none is missing.
    /// </param>
    /// <param name="labels">Class of each sample, from 0; copied. <see langword="null"/> where the pictures have no classes.</param>
    public TrainingBatch(
        long step,
        ImageTensor input,
        ImageTensor target,
        IReadOnlyList<string> sources,
        ImageTensor? mask = null,
        IReadOnlyList<int>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sources);
        Step = step;
        Input = input;
        Target = target;
        _sources = [.. sources];
        Mask = mask;
        _labels = labels is null ? null : [.. labels];
    }

    /// <summary>Step that it belongs to, from 0.</summary>
    public long Step { get; }

    /// <summary>Degraded pictures, NCHW; may leave [0, 1].</summary>
    public ImageTensor Input { get; }

    /// <summary>Clean pictures of the same shape, in [0, 1].</summary>
    public ImageTensor Target { get; }

    /// <summary>Missing pixels (1) of each sample, batch × 1 × height × width; <see langword="null"/> where none is missing.</summary>
    public ImageTensor? Mask { get; }

    /// <summary>Names of the pictures that the samples come from, in order.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>Class of each sample, from 0, in order; <see langword="null"/> where the pictures have no classes.</summary>
    public IReadOnlyList<int>? Labels => _labels;

    internal void SetSource(int sample, string name) => _sources[sample] = name;

    internal void SetLabel(int sample, int label) => _labels![sample] = label;

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
        Mask?.Dispose();
    }
}
