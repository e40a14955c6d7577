using ImageRestoration.Imaging;
using ImageRestoration.Restoration;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.OnnxRuntime.Tests.DependencyInjection;

public sealed class OnnxRestorerServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddOnnxRestorer_ResolvedByName_IsOneRestorerThatTheContainerDisposes()
    {
        int loads = 0;
        var services = new ServiceCollection();
        services.AddOnnxRestorer("denoise", _ =>
        {
            loads++;
            return TestData.UNetModel();
        });
        IRestorer restorer;
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            Assert.Equal(0, loads);
            restorer = provider.GetRequiredKeyedService<IRestorer>("denoise");
            Assert.Same(restorer, provider.GetRequiredKeyedService<IRestorer>("denoise"));
            Assert.Equal(1, loads);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
            Assert.Equal(image.Shape, result.Image.Shape);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public void AddOnnxRestorer_InvalidOptions_ThrowsAtOnce()
        => Assert.Throws<ArgumentException>(() => new ServiceCollection().AddOnnxRestorer("denoise", _ => TestData.UNetModel(), new OnnxOptions { IntraOpThreads = -1 }));
}
