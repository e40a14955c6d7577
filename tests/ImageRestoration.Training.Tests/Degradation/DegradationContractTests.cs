using System.Buffers.Binary;
using System.Security.Cryptography;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Degradation;

/// <summary>What holds for every degradation.</summary>
public sealed class DegradationContractTests
{
    private static readonly Dictionary<string, IDegradation> _degradations = new(StringComparer.Ordinal)
    {
        ["GaussianNoise"] = new GaussianNoise(0, 55),
        ["PoissonGaussianNoise"] = new PoissonGaussianNoise(0.001, 0.02, 0, 0.001),
        ["SaltAndPepperNoise"] = new SaltAndPepperNoise(0.01, 0.2),
        ["SaltAndPepperNoise of pixels"] = new SaltAndPepperNoise(0.1, wholePixels: true),
        ["SpeckleNoise"] = new SpeckleNoise(0.05, 0.3),
        ["JpegCompression"] = new JpegCompression(10, 95, subsampling: null),
        ["JpegCompression, double"] = new JpegCompression(new JpegCompressionOptions { DoubleCompressionProbability = 1 }),
        ["GaussianBlur"] = new GaussianBlur(0.3, 4),
        ["MotionBlur"] = new MotionBlur(2, 15, 0, 180),
        ["DefocusBlur"] = new DefocusBlur(0.7, 6),
        ["Rescaling"] = new Rescaling(1.5, 4),
        ["Rescaling by area"] = new Rescaling(2, 3, ResamplingKernel.Area, ResamplingKernel.Bilinear),
        ["LowLight"] = new LowLight(),
        ["LowLight, gamma"] = new LowLight(new LowLightOptions { MinimumGamma = 1, MaximumGamma = 2, RoundTo8Bit = false }),
        ["BitDepthReduction"] = new BitDepthReduction(1, 6),
        ["MissingPixels"] = new PixelRemoval(new FreeFormMaskStrategy(), InitialFill.Nearest),
        ["Sequence"] = new GaussianBlur(0.5, 2).Then(new GaussianNoise(0, 25).WithProbability(0.5)).Then(new JpegCompression(30, 95)),
        ["RandomChoice"] = new RandomChoiceDegradation([new GaussianNoise(25), new SpeckleNoise(0.2), new BitDepthReduction(2)], [1, 2, 3]),
        ["RandomApply"] = new RandomApplyDegradation(new SpeckleNoise(0.3), 0.9),
        ["AdaptiveThreshold"] = new AdaptiveThreshold(),
        ["Augmented"] = new AugmentedDegradation(new GaussianBlur(1, 2), new GaussianNoise(5, 25)),
        ["SensorNoise"] = new SensorNoise(1e-4, 1e-2),
        ["SensorPipeline"] = new SensorPipeline(),
        ["SensorPipeline, reduced"] = new SensorPipeline(new SensorPipelineOptions { ReducedShare = 1, GradientCorrectedShare = 1, BlurShare = 1 }),
        ["CorrelatedNoise"] = new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = 5, MinimumChannelCorrelation = 0, MaximumGrain = 1.5 }),
        ["CorrelatedNoise, film"] = new CorrelatedNoise(new CorrelatedNoiseOptions { MinimumSigma = 10, MaximumGrain = 1, IsFilm = true }),
        ["ColorSaturation"] = new ColorSaturation(0, 2),
        ["JpegCompression, repeated chroma"] = new JpegCompression(new JpegCompressionOptions { RepeatedChromaProbability = 0.5, Subsampling = null }),
    };

    public static TheoryData<string, string> Digests => new()
    {
        { "GaussianNoise", "5fbb82163abfe003324da635c4a7deb0" },
        { "PoissonGaussianNoise", "17ac432ba63dae1348ec5b75029adf05" },
        { "SaltAndPepperNoise", "95b607ed3095c40493bfdfe645be4cea" },
        { "SaltAndPepperNoise of pixels", "3b1979d563c26c5c52a612390a5409fc" },
        { "SpeckleNoise", "e0ad1dada54c7f367f2beb58292d8e76" },
        { "JpegCompression", "459c3933de24bbe5a1ac092def84ab9f" },
        { "JpegCompression, double", "c5388f137787c154a1564fc08ea5ab24" },
        { "GaussianBlur", "d5cac03d066659181ebe76aad476e01e" },
        { "MotionBlur", "f01018fb592374dc66f06b1deac3b595" },
        { "DefocusBlur", "f0a29cee7fa87bd4dcf17e34f4a72ee2" },
        { "Rescaling", "090ca534b315aa5f0370d3842a65d22e" },
        { "Rescaling by area", "7e534f61d75518ffb9e732d1a67ad1fc" },
        { "LowLight", "a7552f90f85e55b940844b7db59a306d" },
        { "LowLight, gamma", "e91f982961cb7f17f04380132e0717ab" },
        { "BitDepthReduction", "9facdb54024258419671d25482aeab8a" },
        { "MissingPixels", "57f88a351526f0f9f436158cbe6dff1d" },
        { "Sequence", "bf44ef5bd8bb404aad5800c38c94ab60" },
        { "RandomChoice", "ac8a9091507fa766904b857fd375798c" },
        { "RandomApply", "d8fae99ab1ae796f8041dcae1bebff93" },
        { "AdaptiveThreshold", "cf6539fcf3c88369a4894be3aee285d4" },
        { "Augmented", "54656f146849cb9c01ffe53c40742454" },
        { "SensorNoise", "bd7d0789926135554a7595a4701f9eee" },
        { "SensorPipeline", "9be0fa31272072030b7263f99605b505" },
        { "SensorPipeline, reduced", "680a786f39d34b021071f9a3ba4e24c0" },
        { "CorrelatedNoise", "bff41a8442930f84603651a63d78cab0" },
        { "CorrelatedNoise, film", "afd6e50d954cf3b3686ae59522bfbfed" },
        { "ColorSaturation", "2f95a8875561c16d53650139ed4c0112" },
        { "JpegCompression, repeated chroma", "bedd776caab074a343a0eff281b75db1" },
    };

    public static TheoryData<string> Names => new(_degradations.Keys);

    [Fact]
    public void Digests_EveryDegradation_IsThere()
    {
        Type[] types = [.. typeof(IDegradation).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IDegradation)))];
        var tested = _degradations.Values.SelectMany(Unfold).Select(degradation => degradation.GetType()).ToHashSet();
        Assert.DoesNotContain(types, type => !tested.Contains(type));
        Assert.Equal(_degradations.Keys.Order(StringComparer.Ordinal), Digests.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

        static IEnumerable<IDegradation> Unfold(IDegradation degradation)
            => degradation is SequenceDegradation sequence ? [degradation, .. sequence.Steps] : [degradation];
    }

    /// <summary>The digests were taken once; they hold on every platform and for every length of vectors.</summary>
    [Theory]
    [MemberData(nameof(Digests))]
    public void Apply_Seed_GivesTheSameBitsEverywhere(string name, string digest)
    {
        using ImageTensor image = Pictures(4);
        _degradations[name].Apply(image, new SeededRandom(11));
        Assert.All(image.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
        byte[] bytes = new byte[image.Span.Length * sizeof(float)];
        for (int i = 0; i < image.Span.Length; i++)
        {
            // Zeros of both signs are the same value.
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), image.Span[i] + 0f);
        }

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_Batch_EqualsItsPicturesOneByOne(string name)
    {
        using ImageTensor batch = Pictures(5);
        using ImageTensor single = batch.Clone();
        _degradations[name].Apply(batch, new SeededRandom(12));
        var random = new SeededRandom(12);
        ImageShape shape = batch.Shape with { Batch = 1 };
        int length = (int)shape.ElementCount;
        for (int b = 0; b < batch.Batch; b++)
        {
            using ImageTensor picture = ImageTensor.Wrap(single.Memory.Slice(b * length, length), shape);
            _degradations[name].Apply(picture, random);
        }

        Assert.Equal(single.Span, batch.Span);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_Picture_IsChangedAndStaysAPicture(string name)
    {
        using ImageTensor image = Pictures(8);
        using ImageTensor before = image.Clone();
        _degradations[name].Apply(image, new SeededRandom(13));
        Assert.False(before.Span.SequenceEqual(image.Span));
        Assert.Equal(before.Shape, image.Shape);
        Assert.All(image.Span.ToArray(), value => Assert.InRange(value, -2, 3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_GreyAndTinyPictures_Works(string name)
    {
        foreach ((int channels, int height, int width) in new[] { (1, 9, 14), (3, 1, 1), (1, 1, 17), (3, 2, 1), (3, 3, 5) })
        {
            using ImageTensor image = ImageTensor.Create(new ImageShape(2, channels, height, width));
            image.Span.Fill(0.5f);
            _degradations[name].Apply(image, new SeededRandom(14));
            Assert.All(image.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_Null_Throws(string name)
    {
        using ImageTensor image = Pictures(1);
        Assert.Throws<ArgumentNullException>("image", () => _degradations[name].Apply(null!, new SeededRandom(1)));
        Assert.Throws<ArgumentNullException>("random", () => _degradations[name].Apply(image, null!));
    }

    private static ImageTensor Pictures(int count)
    {
        var shape = new ImageShape(count, 3, 37, 45);
        return SyntheticImages.ToTensor(SyntheticImages.Levels("Pattern", count * 3, 37, 45), shape);
    }
}
