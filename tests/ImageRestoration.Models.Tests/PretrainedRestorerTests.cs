using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.Models.Tests;

/// <summary>Which of two pretrained models runs follows from the picture.</summary>
public sealed class PretrainedRestorerTests
{
    [Fact]
    public void GreyModel_OfEachModel_IsTheOneForGreyOfItsTaskAndSize()
    {
        foreach (PretrainedModel model in PretrainedModels.All)
        {
            PretrainedModel? expected = model.Channels == 1
                ? null
                : PretrainedModels.All.SingleOrDefault(
                    other => other.Task == model.Task && other.Size == model.Size && other.Channels == 1);
            Assert.Same(expected, model.GreyModel);
        }

        Assert.Same(PretrainedModels.DenoiseGray, PretrainedModels.For(RestorationTask.Denoise).GreyModel);
    }

    [Fact]
    public async Task CreateRestorer_GreyModel_IsLoadedForGreyPicturesAlone()
    {
        List<string> loaded = [];
        using IRestorer restorer = PretrainedModels.DenoiseColorFast.CreateRestorer(model =>
        {
            loaded.Add(model.Info.Name);
            return new ManagedRestorer(model);
        });
        using ImageTensor waves = TestImages.CreateWaves(), grey = Noisy();
        (await restorer.RestoreAsync(new RestorationRequest(waves))).Dispose();
        Assert.Equal(["denoise-color-fast"], loaded);
        (await restorer.RestoreAsync(new RestorationRequest(grey))).Dispose();
        Assert.Equal(["denoise-color-fast", "denoise-gray-fast"], loaded);
    }

    [Fact]
    public void CreateRestorer_TaskWithoutGreyModel_IsTheBackendsRestorer()
    {
        using IRestorer restorer = PretrainedModels.DeblockColorFast.CreateRestorer(model => new ManagedRestorer(model));
        Assert.IsType<ManagedRestorer>(restorer);
    }

    [Fact]
    public async Task AddManagedRestorer_PretrainedAndTiling_RestoresGreyPicturesAsTheGreyModel()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddManagedRestorer("denoise", o => o.Pretrained = PretrainedModels.DenoiseColorFast)
            .UseTiling(new TilingOptions { TileSize = 192 });
        await using ServiceProvider provider = services.BuildServiceProvider();
        IRestorer registered = provider.GetRequiredKeyedService<IRestorer>("denoise");
        using var alone = new ManagedRestorer(PretrainedModels.DenoiseGrayFast.Load());
        using ImageTensor noisy = Noisy();
        using ImageTensor tone = ImageTensor.Wrap(noisy.Plane(0, 0).ToArray(), ImageShape.Single(1, noisy.Height, noisy.Width));

        using RestorationResult result = await registered.RestoreAsync(new RestorationRequest(noisy));
        using RestorationResult expected = await alone.RestoreAsync(new RestorationRequest(tone));

        for (int c = 0; c < 3; c++)
        {
            float[] plane = result.Image.Plane(0, c).ToArray();
            Assert.All(expected.Image.Span.ToArray().Zip(plane), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    /// <summary>A grey picture of noise of sigma 20 in three equal planes.</summary>
    private static ImageTensor Noisy()
    {
        using ImageTensor waves = TestImages.CreateWaves(channels: 1, height: 200, width: 260);
        new GaussianNoise(20).Apply(waves, new SeededRandom(2));
        ImageTensor noisy = ImageTensor.CreateUninitialized(ImageShape.Single(3, waves.Height, waves.Width));
        for (int c = 0; c < 3; c++)
        {
            waves.Span.CopyTo(noisy.Plane(0, c));
        }

        return noisy;
    }
}
