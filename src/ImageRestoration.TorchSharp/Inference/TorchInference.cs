using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>What restorer, encoder and decoder share: inputs to the device, a run without gradients, shape checks.</summary>
internal static class TorchInference
{
    internal const string MemoryRemedy = "Restore in tiles, or in smaller ones (TiledRestorer, UseTiling), or on another device.";

    /// <summary>Runs a network on pictures. The results are detached from every scope and belong to the caller.</summary>
    internal static Tensor[] RunOnImage(TorchNetwork network, EncodeRequest request)
    {
        ImageTensor image = request.Image;
        network.Network.InferShapes(image.Shape);
        return TorchRuntime.Guard($"network '{network.Network.Name}' on pictures of {image.Shape}", () =>
        {
            using var noGrad = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            using ImageTensor? holes = network.Network.TakesMask() ? request.Mask!.ToTensor(image.Batch) : null;
            ImageTensor[] inputs = network.Network.Arrange(request, holes);
            Tensor[] outputs = network.Forward([.. inputs.Select(input => TorchTensors.ToTorch(input, network.Device))]);
            foreach (Tensor output in outputs)
            {
                output.DetachFromDisposeScope();
            }

            return outputs;
        }, MemoryRemedy);
    }
}
