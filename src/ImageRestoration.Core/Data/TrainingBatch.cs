using ImageRestoration.Imaging;

namespace ImageRestoration.Data;

/// <summary>What one training step learns from: degraded pictures and the pictures they should become.</summary>
public sealed class TrainingBatch : IDisposable
{
    /// <summary>Creates a batch that takes over its tensors.</summary>
    /// <param name="step">Step that it belongs to, from 0.</param>
    /// <param name="input">Degraded pictures, NCHW; may leave [0, 1].</param>
    /// <param name="target">Clean pictures of the same shape, in [0, 1].</param>
    /// <param name="sources">Names of the pictures that the samples come from.</param>
    public TrainingBatch(long step, ImageTensor input, ImageTensor target, IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sources);
        Step = step;
        Input = input;
        Target = target;
        Sources = sources;
    }

    /// <summary>Step that it belongs to, from 0.</summary>
    public long Step { get; }

    /// <summary>Degraded pictures, NCHW; may leave [0, 1].</summary>
    public ImageTensor Input { get; }

    /// <summary>Clean pictures of the same shape, in [0, 1].</summary>
    public ImageTensor Target { get; }

    /// <summary>Names of the pictures that the samples come from, in order.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Disposes both tensors.</summary>
    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
    }
}
