using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.Tests.Data;

namespace ImageRestoration.Tests;

/// <summary>Numbers in messages are written the same way in every culture.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Constructor_WrongOptionsInEveryCulture_SayTheSame()
    {
        Cultures.AssertSameMessage<ArgumentException>(
            () => new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = -0.5 }),
            "MinimumSigma is -0.5; it must be from 0 to 1000.");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new AdaptiveThreshold(new AdaptiveThresholdOptions { MinimumRadius = -2 }), "MinimumRadius is -2;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new LowLight(new LowLightOptions { MinimumExposure = -0.5, MaximumExposure = -1.5 }), "(-0.5) exceeds");
        Cultures.AssertSameMessage<ArgumentException>(() => new GaussianNoise(2.5, 1.5), "exceeds the largest, 1.5.");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new RandomChoiceDegradation([new GaussianNoise(1)], [-0.5]), "Weight 0 is -0.5;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new PatchSampler(new PositionSource(1, 3, 64, 64), null, new PatchSamplerOptions { MinimumScale = -0.5, BatchSize = -1 }),
            "BatchSize is -1 and must be at least 1. MinimumScale is -0.5 and");
    }
}
