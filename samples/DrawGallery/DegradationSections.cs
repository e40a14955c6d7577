using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace DrawGallery;

/// <summary>Every way to make a picture worse.</summary>
internal static class DegradationSections
{
    private const string Chapter = "Degradations";

    public static IEnumerable<GallerySection> Create(Photographs photographs)
    {
        yield return GallerySection.Of(Chapter, "Noise", photographs.Drum,
        [
            new DegradationEntry("Gaussian", new GaussianNoise(25)),
            new DegradationEntry("Gaussian, strength drawn", new GaussianNoise(0, 55)),
            new DegradationEntry("Poisson-Gaussian", new PoissonGaussianNoise(shotVariance: 0.02, readVariance: 0.0005)),
            new DegradationEntry("Salt and pepper", new SaltAndPepperNoise(0.1)),
            new DegradationEntry("Salt and pepper, whole pixels", new SaltAndPepperNoise(0.1, wholePixels: true)),
            new DegradationEntry("Speckle", new SpeckleNoise(0.3)),
            new DegradationEntry("A sensor's, sensitivity drawn", new SensorNoise(0.002, 0.015)),
            new DegradationEntry("The same in all channels", new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = 25, MaximumSigma = 25 })),
            new DegradationEntry("Grains", new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = 25, MaximumSigma = 25, MinimumChannelCorrelation = 0, MaximumChannelCorrelation = 0, MinimumGrain = 1, MaximumGrain = 1 })),
            new DegradationEntry("Film", new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = 35, MaximumSigma = 35, MinimumGrain = 0.8, MaximumGrain = 0.8, IsFilm = true })),
        ]);
        yield return GallerySection.Of(Chapter, "Noise as files have it", photographs.Drum,
        [
            new DegradationEntry("Through a camera", new SensorPipeline(new SensorPipelineOptions { MinimumExposure = 0, MaximumExposure = 0, Noise = new SensorNoise(0.015, 0.015) })),
            new DegradationEntry("Through a camera with more pixels", new SensorPipeline(new SensorPipelineOptions { ReducedShare = 1, Noise = new SensorNoise(0.015, 0.015), GradientCorrectedShare = 1 })),
            new DegradationEntry("Noise, then JPEG", new GaussianNoise(25).Then(new JpegCompression(75))),
            new DegradationEntry("JPEG, then noise", new JpegCompression(20).Then(new GaussianNoise(15))),
            new DegradationEntry("Black and white with noise", new ColorSaturation(0).Then(new CorrelatedNoise()).Then(new JpegCompression(60, 95))),
        ]);
        yield return GallerySection.Of(Chapter, "Blur", photographs.Dogs,
        [
            new DegradationEntry("Gaussian", new GaussianBlur(2)),
            new DegradationEntry("Motion", new MotionBlur(length: 12, angle: 30)),
            new DegradationEntry("Defocus", new DefocusBlur(4)),
        ]);
        yield return GallerySection.Of(Chapter, "Loss of detail and of light", photographs.Wine,
        [
            new DegradationEntry("JPEG", new JpegCompression(10)),
            new DegradationEntry("JPEG with full colour resolution", new JpegCompression(10, ChromaSubsampling.Ratio444)),
            new DegradationEntry("JPEG twice", new JpegCompression(new JpegCompressionOptions { MinimumQuality = 10, MaximumQuality = 10, DoubleCompressionProbability = 1 })),
            new DegradationEntry("JPEG with repeated colour", new JpegCompression(new JpegCompressionOptions { MinimumQuality = 10, MaximumQuality = 10, RepeatedChromaProbability = 1 })),
            new DegradationEntry("Stronger colours", new ColorSaturation(2)),
            new DegradationEntry("Down and up", new Rescaling(4)),
            new DegradationEntry("Down and up by other kernels", new Rescaling(4, ResamplingKernel.Area, ResamplingKernel.Bilinear)),
            new DegradationEntry("Fewer bits", new BitDepthReduction(2)),
            new DegradationEntry("Ink drawing", new AdaptiveThreshold(new AdaptiveThresholdOptions { MinimumContrast = 1, LightInkProbability = 0 })),
            new DegradationEntry("Low light", new LowLight()),
            new DegradationEntry("Low light, chosen", new LowLight(new LowLightOptions { MinimumExposure = -3, MaximumExposure = -3, Noise = new PoissonGaussianNoise(0.002, 0.00001) })),
        ]);
        yield return GallerySection.Of(Chapter, "Missing pixels and what fills them", photographs.Seeds,
        [
            new DegradationEntry("Zero", new PixelRemoval(new RegionMaskStrategy(), InitialFill.Zero)),
            new DegradationEntry("Mean", new PixelRemoval(new RegionMaskStrategy(), InitialFill.Mean)),
            new DegradationEntry("Random", new PixelRemoval(new RegionMaskStrategy(), InitialFill.Random)),
            new DegradationEntry("Nearest", new PixelRemoval(new RegionMaskStrategy(), InitialFill.Nearest)),
            new DegradationEntry("Harmonic", new PixelRemoval(new RegionMaskStrategy(), InitialFill.Harmonic)),
            new DegradationEntry("Harmonic with noise", new PixelRemoval(new RegionMaskStrategy(), InitialFill.HarmonicWithNoise)),
        ]);
        yield return GallerySection.Of(Chapter, "Compositions", photographs.Dogs,
        [
            new DegradationEntry("One after another", new SequenceDegradation(new GaussianBlur(1), new GaussianNoise(15), new JpegCompression(20))),
            new DegradationEntry("One after another, fluently", new GaussianBlur(1).Then(new GaussianNoise(15)).Then(new JpegCompression(20))),
            new DegradationEntry("One of several", new RandomChoiceDegradation(new GaussianNoise(25), new JpegCompression(10), new DefocusBlur(4))),
            new DegradationEntry("Changed before", new AugmentedDegradation(new LowLight(new LowLightOptions { MinimumExposure = 1, MaximumExposure = 1, Noise = null }), new GaussianNoise(25))),
            new DegradationEntry("With a probability", new RandomApplyDegradation(new SaltAndPepperNoise(0.1), probability: 0.9)),
            new DegradationEntry("With a probability, fluently", new MotionBlur(12, 0).WithProbability(0.9)),
        ]);
    }
}
