using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class NetworkComposeTests
{
    [Fact]
    public void Compose_EncoderAndDecoder_ComputeWhatBothDoInTurn()
    {
        var options = new UNetOptions { Channels = [3, 4, 5] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options), whole = Network.Compose("whole", encoder, decoder);
        NetworkWeights weights = NetworkWeights.Initialize(whole, new SeededRandom(1));
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(2, 3, 8, 12), seed: 2);

        IReadOnlyDictionary<string, ImageTensor> latent = ReferenceEvaluator.Run(encoder, weights.Select("encoder."), new Dictionary<string, ImageTensor> { ["image"] = image });
        IReadOnlyDictionary<string, ImageTensor> inTurn = ReferenceEvaluator.Run(decoder, weights.Select("decoder."), latent);
        using ImageTensor atOnce = ReferenceEvaluator.Run(whole, weights, image);

        Assert.Equal(["image", "skip0", "skip1", "bottleneck"], encoder.Outputs.Select(o => o.Name));
        Assert.Equal(image.Shape, atOnce.Shape);
        for (int i = 0; i < atOnce.Span.Length; i++)
        {
            // The latent is rounded to float32 on its way.
            Assert.Equal(atOnce.Span[i], inTurn["image"].Span[i], 1e-6f);
        }
    }

    [Fact]
    public void Compose_Names_GetPrefixes()
    {
        Network whole = Network.Compose("whole", Encoder(4, 2), Decoder(4, 2));

        Assert.Equal(["encoder.down", "decoder.up", "decoder.pixelshuffle1"], whole.Layers.Select(l => l.Name));
        Assert.Equal(["encoder.down.weight", "encoder.down.bias", "decoder.up.weight", "decoder.up.bias"], whole.Parameters.Select(p => p.Name));
        Assert.Equal("whole", whole.Name);
    }

    [Fact]
    public void Compose_OtherName_SaysWhatTheEncoderMakes()
    {
        string message = Assert.Throws<TensorShapeException>(() => Network.Compose("n", Encoder(4, 2, "code"), Decoder(4, 2))).Message;

        Assert.Contains("'latent' that encoder 'encoder' does not make. It makes: code", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_OtherChannels_NamesBoth()
    {
        string message = Assert.Throws<TensorShapeException>(() => Network.Compose("n", Encoder(4, 2), Decoder(8, 2))).Message;

        Assert.Contains("makes 4 channels at 1/2", message, StringComparison.Ordinal);
        Assert.Contains("takes 8 channels at 1/2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_OtherScale_NamesBoth()
    {
        string message = Assert.Throws<TensorShapeException>(() => Network.Compose("n", Encoder(4, 2), Decoder(4, 4))).Message;

        Assert.Contains("makes 4 channels at 1/2", message, StringComparison.Ordinal);
        Assert.Contains("takes 4 channels at 1/4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_TensorThatTheDecoderDoesNotTake_FollowsTheDecodersOutputs()
    {
        Network whole = Network.Compose("n", EncoderOfTwo("spread"), Decoder(4, 2));

        Assert.Equal([("image", "decoder.pixelshuffle1", 1), ("spread", "encoder.spread", 3)], whole.Outputs.Select(o => (o.Name, o.Value, o.Channels)));
        Assert.Equal(["encoder.down", "encoder.spread", "decoder.up", "decoder.pixelshuffle1"], whole.Layers.Select(l => l.Name));
    }

    [Fact]
    public void Compose_TensorThatTheDecoderDoesNotTakeButGivesBack_IsRefused()
        => Assert.Contains("'image' that decoder 'decoder' does not take but gives back", Assert.Throws<TensorShapeException>(() => Network.Compose("n", EncoderOfTwo("image"), Decoder(4, 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Compose_ConditionOfTheDecoder_FollowsTheEncodersInputs()
    {
        Network whole = Network.Compose("n", Encoder(4, 2), Conditional("label"));

        Assert.Equal([("image", 1, new AffineSize(1, 1, 0), false), ("label", 3, new AffineSize(1, 2, 0), true)], whole.Inputs.Select(i => (i.Name, i.Channels, i.Scale, i.IsCondition)));
        IReadOnlyDictionary<string, ImageShape> shapes = whole.InferShapes(new ImageShape(2, 1, 8, 6));
        Assert.Equal(new ImageShape(2, 3, 4, 3), shapes["label"]);
        Assert.Equal(new ImageShape(2, 1, 8, 6), whole.InferShape(new ImageShape(2, 1, 8, 6)));
    }

    [Fact]
    public void Compose_ConditionOfBoth_IsOneInput()
    {
        Network whole = Network.Compose("n", ConditionalEncoder(channels: 3), Conditional("label"));

        Assert.Equal(["image", "label"], whole.Inputs.Select(i => i.Name));
        Assert.Equal(2, whole.Layers.Count(l => l.Inputs.Contains("label")));
        Assert.Contains("'label' (3 channels at 1/2) as a condition", Assert.Throws<TensorShapeException>(() => Network.Compose("n", ConditionalEncoder(channels: 2), Conditional("label"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("spread")]
    public void Compose_ConditionOfTheEncodersName_IsRefused(string name)
        => Assert.Contains($"takes '{name}' (3 channels at 1/2) as a condition", Assert.Throws<TensorShapeException>(() => Network.Compose("n", EncoderOfTwo("spread"), Conditional(name))).Message, StringComparison.Ordinal);

    [Fact]
    public void LatentSpec_OfNetworks_AgreeExactlyWhenTheyCompose()
    {
        LatentSpec.MadeBy(Encoder(4, 2)).ThrowIfNotFor(LatentSpec.TakenBy(Decoder(4, 2)));

        foreach (Network other in new[] { Decoder(8, 2), Decoder(4, 4), Decoder(4, 2, "code") })
        {
            Assert.Contains("latent", Assert.Throws<TensorShapeException>(() => LatentSpec.MadeBy(Encoder(4, 2)).ThrowIfNotFor(LatentSpec.TakenBy(other))).Message, StringComparison.Ordinal);
            Assert.Throws<TensorShapeException>(() => Network.Compose("n", Encoder(4, 2), other));
        }
    }

    private static Network Encoder(int channels, int downscale, string latent = "latent")
    {
        var builder = new NetworkBuilder("encoder");
        return builder.Output(latent, builder.Input("image", 1).Conv2d(channels, downscale, stride: downscale, name: "down")).Build();
    }

    private static Network EncoderOfTwo(string second)
    {
        var builder = new NetworkBuilder("encoder");
        NetworkValue latent = builder.Input("image", 1).Conv2d(4, 2, stride: 2, name: "down");
        return builder.Output("latent", latent).Output(second, latent.Conv2d(3, 1, name: "spread")).Build();
    }

    private static Network ConditionalEncoder(int channels)
    {
        var builder = new NetworkBuilder("encoder");
        NetworkValue image = builder.Input("image", 1), label = builder.Condition("label", channels, 2);
        return builder.Output("latent", image.Conv2d(4, 2, stride: 2).Concat([label]).Conv2d(4, 1)).Build();
    }

    private static Network Conditional(string condition)
    {
        var builder = new NetworkBuilder("decoder");
        NetworkValue latent = builder.Input("latent", 4, 2), label = builder.Condition(condition, 3, 2);
        return builder.Output("image", latent.Concat([label]).Conv2d(4, 1, name: "up").PixelShuffle(2)).Build();
    }

    private static Network Decoder(int channels, int downscale, string latent = "latent")
    {
        var builder = new NetworkBuilder("decoder");
        return builder.Output("image", builder.Input(latent, channels, downscale).Conv2d(downscale * downscale, 1, name: "up").PixelShuffle(downscale)).Build();
    }
}
