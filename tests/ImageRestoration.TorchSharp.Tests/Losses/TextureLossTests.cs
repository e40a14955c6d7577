using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TextureLossTests
{
    /// <summary>Two outputs of two channels each, without weights, so that float64 stays float64.</summary>
    internal static TextureLoss CreateLoss()
    {
        var builder = new NetworkBuilder("features");
        NetworkValue fine = builder.Input("image", 2).Sigmoid();
        builder.Output("fine", fine);
        builder.Output("coarse", fine.AvgPool2d(2));
        return new TextureLoss(builder.Build(), new NetworkWeights([])) { Window = 6 };
    }

    [Fact]
    public void Compute_StripesMovedByOne_AreTheSameTexture()
    {
        using DisposeScope scope = NewDisposeScope();
        using TextureLoss loss = CreateIdentityLoss();
        Tensor even = Stripes(0), odd = Stripes(1);
        Assert.Equal(0, loss.Compute(new LossInput(odd, even)).item<float>(), 1e-5);
        Assert.True(new L1Loss().Compute(new LossInput(odd, even)).item<float>() > 0.9);
    }

    [Theory]
    [InlineData(0.5f, 1)] // An even surface of the right mean lacks all structure.
    [InlineData(0.75f, 1.5)] // And a wrong mean counts in the same units: 0.25 beside a deviation of 0.5.
    public void Compute_EvenSurfaceForStripes_LacksAllStructure(float value, double expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using TextureLoss loss = CreateIdentityLoss();
        Assert.Equal(expected, loss.Compute(new LossInput(full([1, 1, 16, 16], value), Stripes(0))).item<float>(), 0.02);
    }

    [Fact]
    public void Compute_MaskGiven_KnownPixelsAreThoseOfTheTarget()
    {
        using DisposeScope scope = NewDisposeScope();
        using TextureLoss loss = CreateIdentityLoss();
        Tensor wrong = full([1, 1, 16, 16], 0.1f), none = zeros([1, 1, 16, 16]), left = cat([ones([1, 1, 16, 8]), zeros([1, 1, 16, 8])], 3);
        Assert.Equal(0, loss.Compute(new LossInput(wrong, Stripes(0), none)).item<float>(), 1e-5);
        double half = loss.Compute(new LossInput(wrong, Stripes(0), left)).item<float>();
        Assert.InRange(half, 0.5, loss.Compute(new LossInput(wrong, Stripes(0))).item<float>() - 0.5);
    }

    [Fact]
    public void Compute_PicturesOfOtherChannels_SaysWhatToDo()
    {
        using DisposeScope scope = NewDisposeScope();
        using TextureLoss loss = CreateLoss();
        Tensor grey = zeros([1, 1, 16, 16]);
        Assert.Contains("2 channel(s)", Assert.Throws<TrainingException>(() => loss.Compute(new LossInput(grey, grey))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new TextureLoss(new NetworkBuilder("x").BuildIdentity(), new NetworkWeights([])) { Window = 1 });
    }

    private static TextureLoss CreateIdentityLoss() => new(new NetworkBuilder("identity").BuildIdentity(), new NetworkWeights([])) { Window = 8 };

    private static Tensor Stripes(int offset)
    {
        var values = new float[16 * 16];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i + offset) % 2;
        }

        return TorchTensors.ToTorch(values, [1, 1, 16, 16], CPU);
    }
}

file static class Builders
{
    internal static Network BuildIdentity(this NetworkBuilder builder)
    {
        builder.Output("features", builder.Input("image", 1));
        return builder.Build();
    }
}
