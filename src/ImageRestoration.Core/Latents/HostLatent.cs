using System.Collections.Immutable;
using ImageRestoration.Imaging;

namespace ImageRestoration.Latents;

/// <summary>A latent in the host's memory: what hand-written encoders make, and what crosses from one backend to another.</summary>
public sealed class HostLatent : Latent
{
    private readonly Dictionary<string, ImageTensor> _tensors;

    /// <summary>Creates a latent that takes over its tensors.</summary>
    /// <param name="tensors">Tensors by name, in order; disposed with the latent.</param>
    public HostLatent(IReadOnlyList<KeyValuePair<string, ImageTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Names = [.. tensors.Select(t => t.Key)];
        _tensors = new Dictionary<string, ImageTensor>(tensors, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Names { get; }

    /// <inheritdoc/>
    public override string Device => "cpu";

    /// <summary>One tensor itself, not a copy; it stays the latent's.</summary>
    /// <param name="name">Name of the tensor.</param>
    public ImageTensor this[string name] => _tensors.TryGetValue(name, out ImageTensor? tensor)
        ? tensor
        : throw new TensorShapeException($"The latent has no tensor '{name}'. It has: {string.Join(", ", Names)}.");

    /// <summary>Copies any latent to the host; the caller disposes the copy.</summary>
    /// <param name="latent">The latent.</param>
    /// <returns>The copy.</returns>
    public static HostLatent CopyOf(Latent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return new HostLatent([.. latent.Names.Select(name => KeyValuePair.Create(name, latent.CopyToHost(name)))]);
    }

    /// <inheritdoc/>
    public override ImageShape ShapeOf(string name) => this[name].Shape;

    /// <inheritdoc/>
    public override ImageTensor CopyToHost(string name) => this[name].Clone();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (ImageTensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
