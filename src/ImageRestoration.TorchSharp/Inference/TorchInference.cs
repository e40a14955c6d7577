using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>What restorer, encoder and decoder share: inputs to the device, a run without gradients, shape checks.</summary>
internal static class TorchInference
{
    /// <summary>Runs a network on pictures. The results are detached from every scope and belong to the caller.</summary>
    internal static Tensor[] RunOnImage(TorchNetwork network, ImageTensor image, Mask? mask)
    {
        network.Network.InferShapes(image.Shape);
        return TorchRuntime.Guard($"network '{network.Network.Name}'", () =>
        {
            using var noGrad = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            Tensor picture = TorchTensors.ToTorch(image, network.Device);
            Tensor[] outputs = network.Network.TakesMask()
                ? network.Forward(picture, UploadMask(mask!, image.Batch, network.Device))
                : network.Forward(picture);
            foreach (Tensor output in outputs)
            {
                output.DetachFromDisposeScope();
            }

            return outputs;
        });
    }

    private static Tensor UploadMask(Mask mask, int batch, Device device)
    {
        var plane = new float[mask.Height * mask.Width];
        mask.CopyTo(plane);
        return TorchTensors.ToTorch(plane, [1, 1, mask.Height, mask.Width], device).expand(batch, 1, mask.Height, mask.Width);
    }
}
