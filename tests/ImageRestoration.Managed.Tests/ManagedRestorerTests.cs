using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

public sealed class ManagedRestorerTests
{
    [Fact]
    public async Task Restore_OddSize_EqualsReferenceOnThePaddedPicture()
    {
        using var restorer = new ManagedRestorer(UNetModel());
        Assert.Equal(("Managed", "cpu", 3, false), (restorer.Info.Backend, restorer.Info.Device, restorer.Info.Channels, restorer.Info.TakesMask));
        using ImageTensor image = Picture(13, 17);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });
        Assert.Equal(image.Shape, result.Image.Shape);

        using ImageTensor even = Picture(12, 16);
        using ImageTensor expected = ReferenceEvaluator.Run(UNetModel().Network, UNetModel().Weights, even);
        using RestorationResult actual = await restorer.RestoreAsync(new RestorationRequest(even), new RestorationOptions { Clamp = false });
        TestNetworks.AssertEqual(expected, actual.Image, "restorer");
    }

    [Fact]
    public async Task Restore_WithMask_ChangesMissingPixelsAlone()
    {
        var builder = new NetworkBuilder("fill");
        NetworkValue image = builder.Input("image", 3), holes = builder.Input("mask", 1);
        builder.Output("image", image.Concat([holes]).Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        NetworkWeights weights = TestNetworks.Weights(network);
        using var restorer = new ManagedRestorer(new Model(network, weights, new ModelInfo { Name = "fill", Task = RestorationTask.Inpaint }));
        using ImageTensor picture = Picture(8, 9);
        var mask = new Mask(8, 9) { [3, 4] = true };
        using ImageTensor planes = mask.ToTensor();
        MissingPixels.Fill(picture, mask, InitialFill.Zero);
        ImageTensor expected = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["image"] = picture, ["mask"] = planes })["image"];

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(picture, mask), new RestorationOptions { Clamp = false });

        Assert.Equal(expected.Row(0, 1, 3)[4], result.Image.Row(0, 1, 3)[4], 1e-5f);
        Assert.Equal(picture.Row(0, 1, 3)[5], result.Image.Row(0, 1, 3)[5]);
    }

    [Fact]
    public async Task Restore_Disposed_Throws()
    {
        var restorer = new ManagedRestorer(UNetModel());
        restorer.Dispose();
        restorer.Dispose();
        using ImageTensor image = Picture(4, 4);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public async Task Dispose_WhileRunning_EndsOrRefusesEachRun()
    {
        using ImageTensor image = Picture(96, 96);
        using var other = new ManagedRestorer(UNetModel());
        using RestorationResult expected = await other.RestoreAsync(new RestorationRequest(image));
        for (int attempt = 0; attempt < 5; attempt++)
        {
            var restorer = new ManagedRestorer(UNetModel());
            using var ended = new SemaphoreSlim(0);
            Task[] runs = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            {
                while (true)
                {
                    using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
                    Assert.Equal(expected.Image.Span, result.Image.Span);
                    ended.Release();
                }
            })))];
            await ended.WaitAsync();
            restorer.Dispose();
            await Task.WhenAll(runs);
        }
    }

    [Fact]
    public async Task EncodeAndDecode_Disposed_Throw()
    {
        Model model = UNetModel();
        var encoder = new ManagedEncoder(model);
        var decoder = new ManagedDecoder(model);
        using ImageTensor image = Picture(4, 4);
        using Latent latent = await encoder.EncodeAsync(image);
        encoder.Dispose();
        decoder.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.EncodeAsync(image));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => decoder.DecodeAsync(latent));
    }

    [Fact]
    public async Task Restore_Cancelled_ThrowsAndWorksAgain()
    {
        using var restorer = new ManagedRestorer(UNetModel());
        using ImageTensor image = Picture(8, 8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: new CancellationToken(canceled: true)));
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
        Assert.Equal(image.Shape, result.Image.Shape);
    }

    [Fact]
    public void Create_NetworkThatChangesTheSize_ThrowsAndSaysSo()
    {
        Network network = TestNetworks.Build(3, x => x.MaxPool2d(2));
        var error = Assert.Throws<TensorShapeException>(() => new ManagedRestorer(new Model(network, new NetworkWeights([]), new ModelInfo { Name = "small", Task = RestorationTask.Other })));
        Assert.Contains("1/2 of the height", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ModelOfOneNetwork_HasNoEncoderAndDecoder()
    {
        Network network = DnCnn.Create(depth: 2, channels: 4);
        var model = new Model(network, TestNetworks.Weights(network), new ModelInfo { Name = "dncnn", Task = RestorationTask.Denoise });
        Assert.Throws<InvalidOperationException>(() => new ManagedEncoder(model));
        Assert.Throws<InvalidOperationException>(() => new ManagedDecoder(model));
    }

    [Fact]
    public void Create_LayerOfTheUsersOwn_RefusesAndNamesIt()
    {
        var builder = new NetworkBuilder("custom");
        builder.Output("result", builder.Append(new CubeLayer("cube", builder.Input("image", 3).Name)));
        var error = Assert.Throws<UnsupportedLayerException>(() => new ManagedEncoder(builder.Build(), new NetworkWeights([])));
        Assert.Equal(("Managed", "cube", "Cube"), (error.Backend, error.LayerName, error.LayerKind));
    }

    [Fact]
    public void Create_WeightsOfAnotherNetwork_Throws()
    {
        Network network = DnCnn.Create(depth: 2, channels: 4);
        Assert.Throws<ModelFormatException>(() => new ManagedEncoder(network, TestNetworks.Weights(DnCnn.Create(depth: 2, channels: 5))));
    }

    [Fact]
    public void Encode_ImageThatDoesNotFit_Throws()
    {
        using var encoder = new ManagedEncoder(UNetModel());
        using ImageTensor odd = Picture(5, 8), grey = ImageTensor.Create(ImageShape.Single(1, 8, 8));
        Assert.Throws<TensorShapeException>(() => { _ = encoder.EncodeAsync(odd); });
        Assert.Throws<TensorShapeException>(() => { _ = encoder.EncodeAsync(grey); });
    }

    [Fact]
    public void Options_OutOfRange_AreReportedTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => new ManagedRestorer(UNetModel(), new ManagedOptions { Threads = 0, CachedPlans = 0 }));
        Assert.Contains("Threads is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("CachedPlans is 0", error.Message, StringComparison.Ordinal);
    }

    private static Model UNetModel()
    {
        var options = new UNetOptions { Channels = [8, 12, 16] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        return new Model(encoder, decoder, TestNetworks.Weights(Network.Compose("unet", encoder, decoder)), new ModelInfo { Name = "unet", Task = RestorationTask.Denoise });
    }

    private static ImageTensor Picture(int height, int width) => NetworkCase.RandomInput(ImageShape.Single(3, height, width), seed: 9);

    private sealed record CubeLayer(string Name, string Input) : Layer(Name, [Input])
    {
        public override string Kind => "Cube";

        public override int InferChannels(System.Collections.Immutable.ImmutableArray<int> inputChannels) => inputChannels[0];

        internal override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
        {
            // There are none.
        }
    }
}
