using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Restoration;

public sealed class ChannelAdaptingRestorerTests
{
    [Fact]
    public async Task RestoreAsync_GreyForARestorerOfRgb_SeesThreeEqualPlanesAndGivesTheirMean()
    {
        using var inner = new RecordingRestorer(1, channels: 3, run: AddToPlanesAsync);
        using var restorer = new ChannelAdaptingRestorer(inner, channels: 1);
        using ImageTensor grey = RandomNetworks.Picture(new ImageShape(2, 1, 5, 7), seed: 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(grey), new RestorationOptions { Clamp = false });

        Assert.Equal(new ImageShape(2, 3, 5, 7), inner.GivenShape);
        Assert.Equal(grey.Shape, result.Image.Shape);
        for (int n = 0; n < 2; n++)
        {
            for (int i = 0; i < 35; i++)
            {
                Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(grey.Plane(n, 0)[i], inner.GivenValues[(((n * 3) + c) * 35) + i]));
                Assert.Equal(grey.Plane(n, 0)[i] + ((0 + 1 + 2) / 3f), result.Image.Plane(n, 0)[i], 1e-6f);
            }
        }
    }

    [Fact]
    public async Task RestoreAsync_RgbForARestorerOfGrey_RestoresEachPlane()
    {
        using var inner = new RecordingRestorer(1, channels: 1, run: AddToPlanesAsync);
        using var restorer = new ChannelAdaptingRestorer(inner, channels: 3);
        using ImageTensor color = RandomNetworks.Picture(new ImageShape(2, 3, 5, 7), seed: 2);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(color), new RestorationOptions { Clamp = false });

        Assert.Equal(6, inner.Runs);
        Assert.Equal(ImageShape.Single(1, 5, 7), inner.GivenShape);
        Assert.Equal(color.Span, result.Image.Span);
    }

    /// <summary>As the tiles of the same picture see it: red, green and blue brightened apart would be other colours.</summary>
    [Fact]
    public async Task RestoreAsync_RgbForARestorerOfGreyAtAutomaticExposure_HasOneExposureForThePicture()
    {
        using var inner = new RecordingRestorer(1, channels: 1, normalizesExposure: true);
        using var restorer = new ChannelAdaptingRestorer(inner, channels: 3);
        using ImageTensor color = RandomNetworks.Picture(new ImageShape(2, 3, 5, 7), seed: 2);
        for (int i = 0; i < color.Span.Length; i++)
        {
            // Dark, each picture and each plane in its own way.
            color.Span[i] *= 0.05f * (1 + (i / 35));
        }

        using ImageTensor exposed = color.Clone();
        AutoExposure.Apply(exposed);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(color), new RestorationOptions { Clamp = false });

        Assert.Equal(6, inner.Runs);
        Assert.Equal(exposed.Plane(1, 2).ToArray(), inner.GivenValues);
        Assert.Equal(exposed.Span, result.Image.Span);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task RestoreAsync_SameChannels_HandsThePictureOn(int channels, int innerChannels)
    {
        using var inner = new RecordingRestorer(1, innerChannels);
        using var restorer = new ChannelAdaptingRestorer(inner, channels);
        using ImageTensor picture = RandomNetworks.Picture(ImageShape.Single(channels, 6, 4), seed: 3);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(picture));

        Assert.Equal(1, inner.Runs);
        Assert.Equal(picture.Span, result.Image.Span);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public async Task RestoreAsync_Mask_KeepsKnownPixelsBitByBit(int channels, int innerChannels)
    {
        using var inner = new RecordingRestorer(1, innerChannels, takesMask: true, run: AddToPlanesAsync);
        using var restorer = new ChannelAdaptingRestorer(inner, channels);
        using ImageTensor picture = RandomNetworks.Picture(ImageShape.Single(channels, 9, 8), seed: 4);
        var mask = new Mask(9, 8);
        mask.Row(4).Fill(1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(picture, mask));

        Assert.Equal(mask.Values, inner.GivenMask!.Values);
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < mask.Values.Length; i++)
            {
                if (mask.Values[i] == 0)
                {
                    Assert.Equal(picture.Plane(0, c)[i], result.Image.Plane(0, c)[i]);
                }
            }
        }
    }

    [Fact]
    public void Info_Adapted_IsThatOfTheRestorerInsideWithOtherChannels()
    {
        using var inner = new RecordingRestorer(8, channels: 3);
        using var restorer = new ChannelAdaptingRestorer(inner, channels: 1);

        Assert.Equal(inner.Info with { Channels = 1 }, restorer.Info);
    }

    [Fact]
    public async Task RestoreAsync_FourChannels_AreRefused()
    {
        using var inner = new RecordingRestorer(1, channels: 3);
        using var restorer = new ChannelAdaptingRestorer(inner, channels: 1);
        using ImageTensor picture = RandomNetworks.Picture(ImageShape.Single(4, 5, 7), seed: 5);

        await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(picture)));
    }

    [Fact]
    public void Constructor_OtherChannels_AreRefused()
    {
        using var rgb = new RecordingRestorer(1, channels: 3);
        using var rgba = new RecordingRestorer(1, channels: 4);

        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new ChannelAdaptingRestorer(rgb, channels: 4));
        Assert.Contains("4 channels", Assert.Throws<TensorShapeException>(() => new ChannelAdaptingRestorer(rgba, channels: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new RestorerBuilder(rgb).UseChannels(2));
    }

    [Fact]
    public async Task UseChannels_RestorerOfRgb_TakesGrey()
    {
        using IRestorer restorer = new RestorerBuilder(new RecordingRestorer(1, channels: 3)).UseChannels(1).Build();
        using ImageTensor grey = RandomNetworks.Picture(ImageShape.Single(1, 3, 3), seed: 6);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(grey));

        Assert.Equal(grey.Shape, result.Image.Shape);
    }

    /// <summary>Adds its number to each plane, so that a mix-up shows; to the only plane, nothing.</summary>
    private static Task<ImageTensor> AddToPlanesAsync(ImageTensor image, CancellationToken cancellationToken)
    {
        ImageTensor result = image.Clone();
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                foreach (ref float value in result.Plane(n, c))
                {
                    value += c;
                }
            }
        }

        return Task.FromResult(result);
    }
}
