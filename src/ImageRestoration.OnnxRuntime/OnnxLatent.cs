using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>A latent in memory of ONNX Runtime: an <see cref="OnnxDecoder"/> takes it from there without a copy.</summary>
/// <remarks>Outlives the encoder that made it. Disposed, it stays until the last run that reads it has ended.</remarks>
internal sealed class OnnxLatent : Latent
{
    private readonly Dictionary<string, OrtValue> _values;
    private readonly UseCount _uses;
    private int _hostCopies;

    internal OnnxLatent(ImmutableArray<string> names, IDisposableReadOnlyCollection<OrtValue> values, string device)
    {
        Names = names;
        Device = device;
        _uses = new UseCount(values.Dispose);
        _values = new Dictionary<string, OrtValue>(names.Zip(values, KeyValuePair.Create), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Names { get; }

    /// <inheritdoc/>
    public override string Device { get; }

    /// <inheritdoc/>
    public override ImageShape ShapeOf(string name) => Use(() => OnnxShapes.Of(ValueOf(name)));

    /// <inheritdoc/>
    public override ImageTensor CopyToHost(string name) => Use(() =>
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
        return tensor;
    });

    /// <summary>How many times values were copied to the host.</summary>
    internal int HostCopies => Volatile.Read(ref _hostCopies);

    private bool IsOnHost => Device == "cpu";

    /// <summary>Does something with the values, which stay until it has ended.</summary>
    /// <exception cref="ObjectDisposedException">The latent was disposed.</exception>
    internal T Use<T>(Func<T> work)
    {
        _uses.Enter(this);
        try
        {
            return work();
        }
        finally
        {
            _uses.Leave();
        }
    }

    /// <summary>One of the values, to be read within <see cref="Use"/>.</summary>
    internal OrtValue ValueOf(string name) => _values.TryGetValue(name, out OrtValue? value)
        ? value
        : throw new TensorShapeException($"The latent has no tensor '{name}'. It has: {string.Join(", ", Names)}.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _uses.Dispose();
}
