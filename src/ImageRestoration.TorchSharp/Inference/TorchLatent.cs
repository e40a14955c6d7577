using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>A latent that lies on a torch device.</summary>
public sealed class TorchLatent : Latent
{
    private readonly Dictionary<string, Tensor> _tensors;

    internal TorchLatent(ImmutableArray<string> names, Tensor[] tensors, Device device)
    {
        Names = names;
        Device = device.ToString();
        _tensors = names.Zip(tensors).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Names { get; }

    /// <inheritdoc/>
    public override string Device { get; }

    /// <inheritdoc/>
    public override ImageShape ShapeOf(string name)
    {
        long[] shape = TensorOf(name).shape;
        return new ImageShape((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
    }

    /// <inheritdoc/>
    public override ImageTensor CopyToHost(string name)
    {
        using var scope = NewDisposeScope();
        return TorchTensors.ToImage(TensorOf(name));
    }

    internal Tensor TensorOf(string name) => _tensors.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new TensorShapeException($"The latent has no tensor '{name}'. It has: {string.Join(", ", Names)}.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (Tensor tensor in _tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }
}
