using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Brings batches to a device. To CUDA they go by page-locked memory that is kept from batch to batch, and the copy is not waited for: it
/// runs while the network's kernels are being queued behind it. Holds native memory: dispose it.
/// </summary>
/// <remarks>A slot may be filled again once the step that used it has read its loss: the device has done everything up to there.</remarks>
internal sealed class BatchUpload(Device device) : IDisposable
{
    private readonly Tensor?[] _staging = new Tensor?[Enum.GetValues<Slot>().Length];

    /// <summary>What of a batch is copied; each has memory of its own.</summary>
    internal enum Slot
    {
        Input,
        Target,
        Mask,
    }

    /// <summary>Copies pictures to the device. The result belongs to the current dispose scope.</summary>
    internal Tensor Upload(Slot slot, ImageTensor pictures)
    {
        if (device.type == DeviceType.CPU)
        {
            return TorchTensors.ToTorch(pictures, device);
        }

        long[] shape = [pictures.Batch, pictures.Channels, pictures.Height, pictures.Width];
        ref Tensor? staging = ref _staging[(int)slot];
        if (staging is null || !staging.shape.SequenceEqual(shape))
        {
            staging?.Dispose();
            using DisposeScope scope = NewDisposeScope();
            staging = empty(shape, dtype: ScalarType.Float32).pin_memory().DetachFromDisposeScope();
        }

        MemoryMarshal.AsBytes(pictures.Span).CopyTo(staging.bytes);
        return empty(shape, dtype: ScalarType.Float32, device: device).copy_(staging, true);
    }

    public void Dispose()
    {
        foreach (Tensor? staging in _staging)
        {
            staging?.Dispose();
        }
    }
}
