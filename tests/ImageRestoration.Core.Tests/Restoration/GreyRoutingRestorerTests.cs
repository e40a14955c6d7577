using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Which restorer runs follows from the pixels.</summary>
public sealed class GreyRoutingRestorerTests
{
    public static TheoryData<string, bool> Pictures => new()
    {
        { "equal planes", true }, { "sepia", true }, { "rounded", true }, { "one tone", true }, { "noise in the colours", false }, { "colours", false },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task RestoreAsync_Pictures_GoWhereTheirPixelsSay(string kind, bool isGrey)
    {
        using var color = new RecordingRestorer(1, channels: 3);
        using var grey = new RecordingRestorer(1, channels: 1);
        using var restorer = new GreyRoutingRestorer(color, grey, leaveOpen: true);
        using ImageTensor image = Picture(kind);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        Assert.Equal((isGrey ? 0 : 1, isGrey ? 1 : 0), (color.Runs, grey.Runs));
        Assert.Equal(image.Shape, result.Image.Shape);
    }

    [Fact]
    public async Task RestoreAsync_Sepia_KeepsItsColours()
    {
        using ImageTensor image = Picture("sepia");
        using var restorer = new GreyRoutingRestorer(new Same(3), new Same(1));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(image.Span[i], result.Image.Span[i], 1e-5f);
        }
    }

    [Fact]
    public async Task RestoreAsync_Masked_KeepsKnownPixelsBitByBit()
    {
        using ImageTensor image = Picture("rounded");
        var mask = new Mask(image.Height, image.Width) { [3, 4] = true };
        using var restorer = new GreyRoutingRestorer(new Same(3), new Same(1));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(image.Row(0, c, 0).ToArray(), result.Image.Row(0, c, 0).ToArray());
        }
    }

    [Fact]
    public void Create_UnfitRestorers_AreRefused()
    {
        using var color = new RecordingRestorer(1, channels: 3);
        Assert.Contains("1 channel", Assert.Throws<TensorShapeException>(() => new GreyRoutingRestorer(color, color)).Message, StringComparison.Ordinal);
    }

    private static ImageTensor Picture(string kind)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 40, 50));
        var random = new SeededRandom(3);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                float tone = kind == "one tone" ? 0.4f : (0.02f * x) + (0.1f * random.NextSingle());
                for (int c = 0; c < 3; c++)
                {
                    image.Row(0, c, y)[x] = kind switch
                    {
                        "sepia" => 0.03f + (tone * (0.9f - (0.15f * c))),
                        "rounded" => MathF.Round((tone + (0.4f / 255 * (c - 1))) * 255) / 255,
                        "noise in the colours" => tone + (0.04f * random.NextSingle()),
                        "colours" => c == 0 ? tone : 0.02f * y,
                        _ => tone,
                    };
                }
            }
        }

        return image;
    }

    private sealed class Same(int channels) : RestorerBase(new RestorerInfo("same", RestorationTask.Other, channels, TakesMask: false, "Test", "cpu"))
    {
        protected override Task<RestorationResult> ComputeAsync(
            RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
            => Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));
    }
}
