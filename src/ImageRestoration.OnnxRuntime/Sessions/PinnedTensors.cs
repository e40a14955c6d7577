using System.Buffers;
using ImageRestoration.Imaging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Shows image tensors to ONNX Runtime where they lie, without a copy. The tensors must outlive it.</summary>
internal sealed class PinnedTensors : IDisposable
{
    private readonly MemoryHandle[] _handles;

    internal PinnedTensors(params ReadOnlySpan<ImageTensor> tensors)
    {
        _handles = new MemoryHandle[tensors.Length];
        Values = new OrtValue[tensors.Length];
        try
        {
            for (int i = 0; i < tensors.Length; i++)
            {
                _handles[i] = tensors[i].Memory.Pin();
                Values[i] = Wrap(_handles[i], tensors[i].Shape);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal OrtValue[] Values { get; }

    public void Dispose()
    {
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i]?.Dispose();
            _handles[i].Dispose();
        }
    }

    // ONNX Runtime's own overload for Memory<T> counts bytes in an int, which overflows at 2 GiB.
    private static unsafe OrtValue Wrap(MemoryHandle handle, ImageShape shape)
        => OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [shape.Batch, shape.Channels, shape.Height, shape.Width],
            (nint)handle.Pointer,
            shape.ElementCount * sizeof(float));
}
