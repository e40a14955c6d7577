using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>A latent in memory of ONNX Runtime: an <see cref="OnnxDecoder"/> takes it from there without a copy.</summary>
/// <remarks>Outlives the encoder that made it.</remarks>
public sealed class OnnxLatent : Latent
{
    private readonly Dictionary<string, OrtValue> _values;
    private readonly IDisposable _owner;
    private int _hostCopies;
    private bool _disposed;

    internal OnnxLatent(ImmutableArray<string> names, IDisposableReadOnlyCollection<OrtValue> values, string device)
    {
        Names = names;
        Device = device;
        _owner = values;
        _values = new Dictionary<string, OrtValue>(names.Zip(values, KeyValuePair.Create), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Names { get; }

    /// <inheritdoc/>
    public override string Device { get; }

    /// <inheritdoc/>
    public override ImageShape ShapeOf(string name) => OnnxShapes.Of(ValueOf(name));

    /// <inheritdoc/>
    public override ImageTensor CopyToHost(string name)
    {
        OrtValue value = ValueOf(name);
        ImageTensor tensor = ImageTensor.CreateUninitialized(OnnxShapes.Of(value));
        if (IsOnHost)
        {
            value.GetTensorDataAsSpan<float>().CopyTo(tensor.Span);
        }
        else
        {
            using PinnedTensors host = new(tensor);
            OrtEnv.Instance().CopyTensors([value], host.Values, null);
        }

        Interlocked.Increment(ref _hostCopies);
        GC.KeepAlive(this);
        return tensor;
    }

    /// <summary>How many times values were copied to the host.</summary>
    internal int HostCopies => Volatile.Read(ref _hostCopies);

    private bool IsOnHost => Device == "cpu";

    internal OrtValue ValueOf(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _values.TryGetValue(name, out OrtValue? value)
            ? value
            : throw new TensorShapeException($"The latent has no tensor '{name}'. It has: {string.Join(", ", Names)}.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            _disposed = true;
            _owner.Dispose();
        }
    }
}
