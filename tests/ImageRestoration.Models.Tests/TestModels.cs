using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests;

/// <summary>Small models with random weights.</summary>
internal static class TestModels
{
    public static Model CreateUNet(string name = "tiny", int imageChannels = 3)
    {
        var options = new UNetOptions { ImageChannels = imageChannels, Channels = [4, 8] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose(name, encoder, decoder), new SeededRandom(3));
        return new Model(encoder, decoder, weights, new ModelInfo { Name = name, Task = RestorationTask.Denoise });
    }

    public static byte[] ToFile(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream, WeightPrecision.Float16);
        return stream.ToArray();
    }
}
