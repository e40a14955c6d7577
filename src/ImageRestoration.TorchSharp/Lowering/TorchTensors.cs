using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Copies between <see cref="ImageTensor"/> and torch tensors. Tensors that are made belong to the caller's scope.</summary>
internal static class TorchTensors
{
    internal static Tensor ToTorch(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, Device device)
    {
        Tensor tensor = empty(shape.ToArray(), dtype: ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return device.type == DeviceType.CPU ? tensor : tensor.to(device);
    }

    internal static Tensor ToTorch(ImageTensor image, Device device)
        => ToTorch(image.Span, [image.Batch, image.Channels, image.Height, image.Width], device);

    internal static ImageTensor ToImage(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor host = tensor.detach().to(ScalarType.Float32).cpu().contiguous();
        long[] shape = host.shape;
        var image = ImageTensor.CreateUninitialized(new ImageShape((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]));
        CopyTo(host, image.Span);
        return image;
    }

    /// <summary>Copies a contiguous float32 tensor of the host.</summary>
    internal static void CopyTo(Tensor tensor, Span<float> destination)
        => MemoryMarshal.Cast<byte, float>(tensor.bytes).CopyTo(destination);

    internal static float[] ToArray(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor host = tensor.detach().cpu().contiguous();
        var values = new float[host.NumberOfElements];
        CopyTo(host, values);
        return values;
    }

    /// <summary>At least float32: what is narrower is cast, everything else stays as it is.</summary>
    internal static Tensor Widen(Tensor tensor)
        => tensor.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? tensor.to(ScalarType.Float32) : tensor;

    /// <summary>The same values with channels innermost in memory. libtorch then picks its channels-last kernels.</summary>
    internal static Tensor ToChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
