using ImageRestoration.Latents;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Restorers can be asked for what is inside them.</summary>
public sealed class GetServiceTests
{
    [Fact]
    public void GetService_RestorersAroundAnother_AreFoundFromTheOutside()
    {
        var encoder = new MeanEncoder();
        var decoder = new MeanDecoder();
        using IRestorer restorer = new RestorerBuilder(new AutoencoderRestorer(encoder, decoder, RestorationTask.Denoise))
            .UseTelemetry()
            .UseChannels(3)
            .Build();

        Assert.IsType<TelemetryRestorer>(restorer.GetService<TelemetryRestorer>());
        Assert.IsType<ChannelAdaptingRestorer>(restorer.GetService<ChannelAdaptingRestorer>());
        Assert.Same(encoder, restorer.GetService<IEncoder>());
        Assert.Same(decoder, restorer.GetService<IDecoder>());
        Assert.Same(restorer, restorer.GetService<IRestorer>());
        Assert.Null(restorer.GetService<TiledRestorer>());
        Assert.Null(restorer.GetService<IEncoder>("other"));
    }
}
