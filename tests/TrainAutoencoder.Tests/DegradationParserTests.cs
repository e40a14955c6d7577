using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using TrainAutoencoder;

namespace ImageRestoration.Tests.TrainAutoencoder;

public sealed class DegradationParserTests
{
    [Fact]
    public void ParseMixture_KnownSteps_AreThoseDegradations()
    {
        IDegradation[] steps = Steps("gaussian:0:55", "correlated:1:2:0.1:0.5:3", "film:0:30:1.5", "blur:0.3:1", "clip", "0.85*jpeg:60:98:0.3");
        Assert.Equal(55, Assert.IsType<GaussianNoise>(steps[0]).MaximumSigma);
        CorrelatedNoiseOptions correlated = Assert.IsType<CorrelatedNoise>(steps[1]).Options;
        Assert.Equal((1, 2, 0.1, 0.5, 3), (correlated.MinimumSigma, correlated.MaximumSigma, correlated.MinimumChannelCorrelation, correlated.MaximumChannelCorrelation, correlated.MaximumGrain));
        CorrelatedNoiseOptions film = Assert.IsType<CorrelatedNoise>(steps[2]).Options;
        Assert.True(film is { IsFilm: true, MaximumSigma: 30, MaximumGrain: 1.5, MinimumChannelCorrelation: 1 });
        Assert.Equal(0.3, Assert.IsType<GaussianBlur>(steps[3]).MinimumSigma);
        Assert.Equal(8, Assert.IsType<BitDepthReduction>(steps[4]).MaximumBits);
        Assert.Equal(0.85, Assert.IsType<RandomApplyDegradation>(steps[5]).Probability);
        Assert.True(Assert.IsType<CorrelatedNoise>(Steps("correlated:0:45")[0]).Options is { MaximumSigma: 45, MinimumChannelCorrelation: 1, MaximumGrain: 0 });
        Assert.Equal(2, Assert.IsType<ColorSaturation>(Steps("saturation:1:2")[0]).MaximumSaturation);
        Assert.IsType<AdaptiveThreshold>(Steps("drawing")[0]);
    }

    [Fact]
    public void ParseMixture_Sensor_CompressesByTheStepsAfterIt()
    {
        var pipeline = Assert.IsType<SensorPipeline>(Kind(new() { Steps = ["sensor:0.001:0.01:0.2", "jpeg:60:90"] }));
        var noise = Assert.IsType<SensorNoise>(pipeline.Options.Noise);
        Assert.Equal((0.001, 0.01, 0.2), (noise.MinimumShotVariance, noise.MaximumShotVariance, pipeline.Options.ReducedShare));
        JpegCompressionOptions jpeg = Assert.IsType<JpegCompression>(Assert.Single(Assert.IsType<SequenceDegradation>(pipeline.Options.Compression).Steps)).Options;
        Assert.Equal((60, 90), (jpeg.MinimumQuality, jpeg.MaximumQuality));
        Assert.Null(jpeg.Subsampling);
        Assert.Null(Assert.IsType<SensorPipeline>(Kind(new() { Steps = ["sensor"] })).Options.Compression);
    }

    [Fact]
    public void ParseMixture_Mosaic_DemosaicsTheValuesAsTheyAre()
    {
        var pipeline = Assert.IsType<SensorPipeline>(Kind(new() { Steps = ["mosaic:0:40", "jpeg:60:90"] }));
        Assert.Equal((1, 0, 1, 0), (pipeline.Options.MaximumGamma, pipeline.Options.MaximumExposure, pipeline.Options.MaximumGain, pipeline.Options.MaximumOverlap));
        Assert.Equal(40, Assert.IsType<GaussianNoise>(pipeline.Options.Noise).MaximumSigma);
        Assert.IsType<JpegCompression>(Assert.Single(Assert.IsType<SequenceDegradation>(pipeline.Options.Compression).Steps));
    }

    [Fact]
    public void ParseMixture_Target_ChangesWhatIsToBeGivenBack()
    {
        var kind = Assert.IsType<AugmentedDegradation>(Kind(new() { Target = ["saturation:0"], Steps = ["correlated:20:20"] }));
        using ImageTensor target = ImageTensor.Create(new ImageShape(1, 3, 8, 8)), degraded = target.Clone();
        target.Plane(0, 0).Fill(0.5f);
        kind.ApplyToPair(target, degraded, new SeededRandom(1));
        Assert.Equal(target.Plane(0, 0), target.Plane(0, 2));
        Assert.Equal(degraded.Plane(0, 0), degraded.Plane(0, 2));
        Assert.False(target.Span.SequenceEqual(degraded.Span));
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("gaussian:a:b")]
    [InlineData("noise:1:2")]
    [InlineData("x*jpeg:5:6")]
    [InlineData("sensor:1:2:3:4")]
    [InlineData("mosaic:1")]
    [InlineData("drawing:1")]
    public void ParseMixture_Unknown_SaysWhatThereIs(string step)
        => Assert.Contains("sensor[:low shot noise", Assert.Throws<FormatException>(() => Kind(new() { Steps = [step] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_BundledMixtures_AreRead()
    {
        string folder = Path.Combine(RepositoryRoot(), "src", "ImageRestoration.Models", "recipes");
        TrainingSettings[] recipes = [.. Directory.GetFiles(folder, "*.json").Select(TrainingSettings.Load).Where(recipe => recipe.Mixture.Length > 0)];
        Assert.NotEmpty(recipes);
        Assert.All(recipes, recipe =>
        {
            Assert.Equal(1, recipe.Mixture.Sum(kind => kind.Share), 9);
            var task = TrainingTask.Create(recipe);
            Assert.True(Assert.IsType<RandomChoiceDegradation>(task.Degradation).ChangesTarget);
            Assert.Contains("sensor:", task.DegradationText, StringComparison.Ordinal);
        });
    }

    private static string RepositoryRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ImageRestoration.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder;
    }

    private static IDegradation Kind(DegradationShare kind)
        => Assert.Single(Assert.IsType<RandomChoiceDegradation>(DegradationParser.ParseMixture([kind])).Choices);

    private static IDegradation[] Steps(params string[] steps) => [.. Assert.IsType<SequenceDegradation>(Kind(new() { Steps = [.. steps] })).Steps];
}
