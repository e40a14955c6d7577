using System.Runtime.InteropServices;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>Too little memory is an error that says what would fit.</summary>
public sealed class DeviceMemoryTests
{
    // A patch becomes 2^36 pixels of 1,024 channels and 256 TiB, more than a process can address.
    private const int Patch = 64, Factor = 4096, Channels = 1024;

    [Fact]
    public async Task TrainAsync_MoreThanThereIs_NamesBatchAndPatch()
    {
        var data = new PatchSamplerOptions { BatchSize = 3, PatchSizes = [new PatchSize(0, Patch)] };
        using var trainer = new Trainer(HugeModel(), new PatchSampler(new SyntheticPictures(2, 3, 80, 80), new GaussianNoise(5), data), SmallRun.Options);
        var error = await Assert.ThrowsAsync<DeviceMemoryException>(() => trainer.TrainAsync());
        Assert.Contains("The batch has 3 patches of 64×64.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Not even one patch", error.Message, StringComparison.Ordinal);
        Assert.IsType<ExternalException>(error.InnerException, exactMatch: false);
    }

    [Fact]
    public async Task RestoreAsync_MoreThanThereIs_AdvisesTiles()
    {
        using var restorer = new TorchRestorer(HugeModel());
        using ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, Patch, Patch));
        var error = await Assert.ThrowsAsync<DeviceMemoryException>(() => restorer.RestoreAsync(new RestorationRequest(picture)));
        Assert.Contains("1×3×64×64", error.Message, StringComparison.Ordinal);
        Assert.Contains("UseTiling", error.Message, StringComparison.Ordinal);
    }

    /// <summary>As libtorch 1.13 and 2.11 say it. The U-Net keeps about 12 MiB for each patch of 128×128 in bfloat16.</summary>
    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 15.78 GiB total capacity; 14.61 GiB already allocated; 1.19 GiB free)", 16 * 1024, 4096)]
    [InlineData("CUDA out of memory. Tried to allocate 512.00 MiB. GPU 0 has a total capacity of 7.92 GiB of which 96.00 MiB is free.", 8 * 1024, 1024)]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 512.00 MiB of which 2.00 MiB is free.", 512, 64)]
    public void Create_CapacityInTheMessage_NamesABatchThatFits(string message, int mebibytes, int batch)
    {
        Network network = UNet.Create();
        var options = new TrainerOptions();
        string advice = MemoryAdvice.Create(network, new PatchSamplerOptions { BatchSize = batch }, options, 128, Error(message));
        int fits = Number(advice, "A batch of ");
        long perPatch = ActivationMemory.Bound(network, ImageShape.Single(3, 128, 128), options.Precision), state = TrainingEstimate.StateBytesOf(network, options);
        Assert.InRange((state + ((double)fits * perPatch)) / (mebibytes * 1048576.0), 0.7, 0.86);
        Assert.InRange(Number(advice, "GradientAccumulation to ") * fits, batch, batch + fits);
    }

    [Fact]
    public void Create_FitsByItself_SaysThatSomethingElseTakesMemory()
    {
        string advice = MemoryAdvice.Create(UNet.Create(), new PatchSamplerOptions { BatchSize = 4 }, new TrainerOptions(), 64, Error("CUDA out of memory. GPU 0 has a total capacity of 79.11 GiB of which 1.00 MiB is free."));
        Assert.Contains("see what else uses its memory. A batch of 2 would fit", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NoPatchFits_NamesASmallerOne()
    {
        Network network = UNet.Create();
        string advice = MemoryAdvice.Create(network, new PatchSamplerOptions { BatchSize = 1 }, new TrainerOptions(), 2048, Error("CUDA out of memory. GPU 0 has a total capacity of 1.00 GiB of which 1.00 MiB is free."));
        int size = Number(advice, "Not even one patch fits; one of ");
        Assert.Equal(0, size % network.SizeMultiple.Height);
        Assert.InRange(size, 256, 2000);
    }

    [Fact]
    public void Create_NoCapacityInTheMessage_AdvisesHalf()
    {
        string advice = MemoryAdvice.Create(UNet.Create(), new PatchSamplerOptions { BatchSize = 10 }, new TrainerOptions(), 64, Error("HIP out of memory."));
        Assert.Contains("A batch of 5 would fit: set BatchSize, and GradientAccumulation to 2", advice, StringComparison.Ordinal);
    }

    private static DeviceMemoryException Error(string message) => new("There is not enough memory for a training step: " + message, new ExternalException(message));

    private static int Number(string text, string before)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Assert.True(start >= before.Length, text);
        return int.Parse(string.Concat(text.Skip(start).TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Model HugeModel()
    {
        var builder = new NetworkBuilder("huge");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("image", image.Conv2d(Channels, 1).Upsample(Factor).AvgPool2d(Factor).Conv2d(3, 1));
        Network network = builder.Build();
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "huge", Task = RestorationTask.Denoise });
    }
}
