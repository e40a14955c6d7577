using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>A latent that lies on a torch device.</summary>
internal sealed class TorchLatent : Latent
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly Lock _lock = new();
    private bool _disposed;

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
        using DisposeScope scope = NewDisposeScope();
        long[] shape = Open(name).shape;
        return new ImageShape((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
    }

    /// <inheritdoc/>
    public override ImageTensor CopyToHost(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        return TorchTensors.ToImage(Open(name));
    }

    /// <summary>A tensor of its own for the values, in the current dispose scope: it outlives the latent.</summary>
    internal Tensor Open(string name)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _tensors.TryGetValue(name, out Tensor? tensor)
                ? tensor.alias()
                : throw new TensorShapeException($"The latent has no tensor '{name}'. It has: {string.Join(", ", Names)}.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (Tensor tensor in _tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }
}
