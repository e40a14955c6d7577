using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Degradation;

public sealed class PixelRemovalTests
{
    [Fact]
    public void Apply_Mask_IsWrittenToAllChannelsAndNowhereElse()
    {
        using ImageTensor image = Noise();
        using ImageTensor before = image.Clone();
        var strategy = new FreeFormMaskStrategy();
        Mask mask = strategy.Create(30, 50, new SeededRandom(6));
        new PixelRemoval(strategy).Apply(image, new SeededRandom(6));
        Assert.InRange(mask.MissingShare(), 0.01, 0.99);
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < 1500; i++)
            {
                Assert.Equal(mask.Values[i] == 1 ? 0f : before.Plane(0, c)[i], image.Plane(0, c)[i]);
            }
        }

        Assert.Throws<ArgumentNullException>("strategy", () => new PixelRemoval(null!));
        Assert.Throws<ArgumentOutOfRangeException>("fill", () => new PixelRemoval(strategy, (InitialFill)99));
    }

    private static ImageTensor Noise()
        => SyntheticImages.ToTensor(SyntheticImages.Levels("HashNoise", 3, 30, 50), ImageShape.Single(3, 30, 50));
}
