using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using RestorationDemo;

namespace ImageRestoration.Models.Tests;

public sealed class DenoiseColorTests
{
    private static readonly (int Sigma, double Psnr)[] LeastScores = [(15, 33.3), (25, 30.7), (50, 27.4)];

    [Fact]
    public void Network_IsTheStatedUNet()
    {
        Model model = PretrainedModels.DenoiseColor.Load();

        Assert.NotNull(model.Encoder);
        Assert.NotNull(model.Decoder);
        Assert.Equal(3, model.Network.Inputs[0].Channels);
        Assert.Equal(3, model.Network.Outputs[0].Channels);
        Assert.Equal(new Size2d(8, 8), model.Network.SizeMultiple);
        Assert.InRange(model.Network.ParameterCount, 2_200_000, 2_400_000);
        Assert.InRange(model.Network.MacsPerPixel, 120_000, 150_000);
    }

    [Fact]
    public void Scores_Cbsd68_AreAtLeastThePromisedOnes()
    {
        IReadOnlyDictionary<string, double> scores = PretrainedModels.DenoiseColor.Load().Info.Scores;

        Assert.All(LeastScores, promise => Assert.InRange(scores[$"CBSD68 sigma {promise.Sigma} PSNR"], promise.Psnr, 40));
    }

    [Fact]
    public async Task Restore_NoisyPhotographs_GainsMoreThanSmoothing()
    {
        const int Size = 256;
        using var restorer = new OnnxRestorer(PretrainedModels.DenoiseColor.Load());
        double gain = 0;
        for (int i = 0; i < Photograph.Bundled.Count; i++)
        {
            using ImageTensor photograph = await ImageFile.LoadAsync(Photograph.Bundled[i].Path);
            using ImageTensor original = CropCenter(photograph, Size);
            using ImageTensor noisy = original.Clone();
            new GaussianNoise(25).Apply(noisy, SeededRandom.ForSample(7, 0, i));

            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(noisy));

            gain += (Psnr.Compute(original, result.Image) - Psnr.Compute(original, noisy)) / Photograph.Bundled.Count;
        }

        // A plain 5×5 smoothing gains 8.8 dB on these photographs, the trained network more than on CBSD68, 10.2 dB.
        Assert.InRange(gain, 9.5, 20);
    }

    private static ImageTensor CropCenter(ImageTensor image, int size)
    {
        ImageTensor crop = ImageTensor.CreateUninitialized(ImageShape.Single(image.Channels, size, size));
        int top = (image.Height - size) / 2, left = (image.Width - size) / 2;
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < size; y++)
            {
                image.Row(0, c, top + y).Slice(left, size).CopyTo(crop.Row(0, c, y));
            }
        }

        return crop;
    }
}
