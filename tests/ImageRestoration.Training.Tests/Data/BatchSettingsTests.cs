using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Tests.Data;

public sealed class BatchSettingsTests
{
    /// <summary>What changes no batch.</summary>
    private static readonly string[] _withoutInfluence = [nameof(PatchSamplerOptions.Threads), nameof(IPairDegradation.ChangesTarget)];

    public static TheoryData<string> Degradations => [.. Examples.Keys];

    /// <summary>One of every degradation, with numbers that no other setting of it has.</summary>
    private static Dictionary<string, IDegradation> Examples => new IDegradation[]
    {
        new AdaptiveThreshold(),
        new AugmentedDegradation(new GaussianBlur(1), new GaussianNoise(2)),
        new BitDepthReduction(3, 5),
        new ColorSaturation(0.5, 0.75),
        new CorrelatedNoise(),
        new DefocusBlur(1.25, 2.5),
        new GaussianBlur(1.25, 2.5),
        new GaussianNoise(3, 55),
        new JpegCompression(20, 30),
        new LowLight(),
        new PixelRemoval(new PointMaskStrategy(0.25)),
        new MotionBlur(1, 2, 3, 4),
        new PoissonGaussianNoise(0.25, 0.5, 0.125, 0.375),
        new RandomApplyDegradation(new GaussianNoise(1), 0.25),
        new RandomChoiceDegradation([new GaussianNoise(1), new GaussianNoise(2)], [0.25, 0.75]),
        new Rescaling(2, 3),
        new SaltAndPepperNoise(0.25, 0.5),
        new SensorNoise(0.001, 0.01),
        new SensorPipeline(),
        new SequenceDegradation(new GaussianNoise(1)),
        new SpeckleNoise(0.25, 0.5),
    }.ToDictionary(d => d.GetType().Name, StringComparer.Ordinal);

    private static IMaskStrategy[] MaskExamples =>
    [
        new BorderMaskStrategy(),
        new FixedMaskStrategy(new Mask(4, 4) { [1, 2] = true }),
        new FreeFormMaskStrategy(),
        new PatchMaskStrategy(4, 0.5, 0.75),
        new PointMaskStrategy(0.5, 0.75),
        new RandomChoiceMaskStrategy((new PointMaskStrategy(0.5), 1)),
        new RegionMaskStrategy(),
        new ScratchMaskStrategy(),
        new PointMaskStrategy(0.5).Crop(80, 90),
        new PointMaskStrategy(0.5).Dilate(1.5),
        new PointMaskStrategy(0.5).Union(new FreeFormMaskStrategy()),
    ];

    [Fact]
    public void Degradations_OfThisLibrary_AreListed()
    {
        IEnumerable<Type> known = typeof(IDegradation)
            .Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IDegradation)) && !t.IsAbstract);
        Assert.Equal(known.Select(t => t.Name).Order(StringComparer.Ordinal), Examples.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>A property or parameter that is added later has to be described, too.</summary>
    [Theory]
    [MemberData(nameof(Degradations))]
    public void Settings_EveryDegradation_NameItsPropertiesAndParameters(string name)
    {
        Type type = Examples[name].GetType();
        string[] described = [.. Settings(Examples[name])
            .Where(s => s.Key.StartsWith("Degradation.", StringComparison.Ordinal))
            .Select(s => s.Key.Split('.', '[')[1])];
        IEnumerable<string> properties = type.GetProperties().Select(p => p.Name).Except(_withoutInfluence).Where(p => p != "Options");
        IEnumerable<string> parameters = type.GetConstructors()
            .SelectMany(c => c.GetParameters())
            .Select(p => p.Name!)
            .Where(p => p != "options");
        Assert.All(properties, property => Assert.Contains(property, described));
        Assert.All(
            parameters,
            parameter => Assert.Contains(described, setting => setting.EndsWith(parameter, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Each option alone, given another value, makes the settings others.</summary>
    [Theory]
    [InlineData(typeof(AdaptiveThresholdOptions))]
    [InlineData(typeof(CorrelatedNoiseOptions))]
    [InlineData(typeof(JpegCompressionOptions))]
    [InlineData(typeof(LowLightOptions))]
    [InlineData(typeof(SensorPipelineOptions))]
    [InlineData(typeof(BorderMaskOptions))]
    [InlineData(typeof(FreeFormMaskOptions))]
    [InlineData(typeof(RegionMaskOptions))]
    [InlineData(typeof(ScratchMaskOptions))]
    public void Settings_EveryOptionOfADegradationOrMask_Differ(Type type)
    {
        string expected = Describe(Activator.CreateInstance(type)!);
        Assert.All(type.GetProperties(), property =>
        {
            object other = Activator.CreateInstance(type)!;
            property.SetValue(
                other,
                property.PropertyType == typeof(IDegradation)
                    ? new SpeckleNoise(0.25)
                    : OtherValue.Of(property.PropertyType, property.GetValue(other)));
            Assert.NotEqual(expected, Describe(other));
        });

        static string Describe(object options) => SettingList.Line((IDescribed)options);
    }

    [Fact]
    public void Settings_OptionsOfEveryDegradationAndMask_AreTestedAbove()
    {
        // What a network was declared with is in the network itself, which is noted layer by layer.
        IEnumerable<string> known = typeof(IDegradation).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t != typeof(PatchSamplerOptions))
            .Where(t => t.Namespace != "ImageRestoration.Networks.Architectures")
            .Select(t => t.Name);
        IEnumerable<string> tested = typeof(BatchSettingsTests).GetMethod(nameof(Settings_EveryOptionOfADegradationOrMask_Differ))!
            .GetCustomAttributes<InlineDataAttribute>().Select(data => ((Type)data.GetData(null!).Single()[0]).Name);
        Assert.Equal(known.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_EveryOptionOfTheSampler_DifferButForThreads()
    {
        IReadOnlyList<KeyValuePair<string, string>> expected = Settings(options: new());
        foreach (PropertyInfo property in typeof(PatchSamplerOptions).GetProperties())
        {
            var options = new PatchSamplerOptions();
            property.SetValue(options, property.Name switch
            {
                nameof(PatchSamplerOptions.PatchSizes) => ImmutableArray.Create(new PatchSize(0, 64), new PatchSize(5, 32)),
                nameof(PatchSamplerOptions.Masks) => new PointMaskStrategy(0.25),
                _ => OtherValue.Of(property.PropertyType, property.GetValue(options)),
            });
            IReadOnlyList<KeyValuePair<string, string>> other = Settings(options: options);
            Assert.Equal(_withoutInfluence.Contains(property.Name), expected.SequenceEqual(other));
            Assert.True(
                expected.SequenceEqual(other) || other.Except(expected).Any(setting => setting.Key == property.Name), property.Name);
        }
    }

    [Fact]
    public void Settings_NestedDegradation_AreNamedOneByOne()
    {
        IDegradation chain = new Rescaling(2).Then(new GaussianNoise(0, 12.5).WithProbability(0.25));
        Dictionary<string, string> settings = Settings(chain).ToDictionary();
        Assert.Equal("SequenceDegradation", settings["Degradation"]);
        Assert.Equal("Rescaling", settings["Degradation.Steps[0]"]);
        Assert.Equal("Bicubic", settings["Degradation.Steps[0].Shrinking"]);
        Assert.Equal("12.5", settings["Degradation.Steps[1].Degradation.MaximumSigma"]);
        Assert.Equal("0.25", settings["Degradation.Steps[1].Probability"]);
    }

    [Fact]
    public void Masks_OfThisLibrary_AreListed()
    {
        IEnumerable<Type> known = typeof(PointMaskStrategy).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IMaskStrategy)) && !t.IsAbstract);
        Assert.Equal(
            known.Select(t => t.Name).Order(StringComparer.Ordinal),
            MaskExamples.Select(m => m.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_EveryMask_NameItsParameters()
    {
        foreach (IMaskStrategy masks in MaskExamples)
        {
            string[] described = [.. Of(masks).Where(s => s.Key.StartsWith("Masks.", StringComparison.Ordinal))
                .Select(s => s.Key.Split('.', '[')[1])];
            Assert.DoesNotContain("Results", described);
            if (masks.GetType().IsPublic)
            {
                IEnumerable<string> parameters = masks.GetType().GetConstructors()
                    .SelectMany(c => c.GetParameters())
                    .Select(p => p.Name!)
                    .Where(p => p != "options");
                Assert.All(
                    parameters,
                    parameter => Assert.Contains(described, setting => setting.EndsWith(parameter, StringComparison.OrdinalIgnoreCase)));
            }
        }
    }

    /// <summary>Each with another parameter, in the place of another, or changed in another way.</summary>
    [Fact]
    public void Settings_MasksMadeInAnyOtherWay_Differ()
    {
        var points = new PointMaskStrategy(0.25);
        var mask = new Mask(8, 8) { [2, 3] = true };
        IMaskStrategy[] strategies =
        [
            .. MaskExamples, points, new PointMaskStrategy(0.26), new PatchMaskStrategy(8, 0.25), new PatchMaskStrategy(8, 0.25, 0.5),
            points.Dilate(1), points.Dilate(2), points.Erode(1), points.Invert(), points.Crop(100, 200), points.Crop(200, 100),
            points.Union(new FreeFormMaskStrategy()), new FreeFormMaskStrategy().Union(points),
            points.Intersect(new FreeFormMaskStrategy()),
            new RandomChoiceMaskStrategy((points, 1), (points, 2)), new RandomChoiceMaskStrategy((points, 1), (points, 3)),
            new FixedMaskStrategy(mask), new FixedMaskStrategy(mask.Invert()),
        ];
        string[] settings = [.. strategies.Select(s => string.Join('\n', Of(s)))];
        Assert.Distinct(settings);
        Assert.Equal(settings, strategies.Select(s => string.Join('\n', Of(s))));
    }

    /// <summary>Nothing names the settings of masks and degradations of other packages; what they make tells them apart.</summary>
    [Fact]
    public void Settings_ForeignMasksAndDegradations_DifferWithWhatTheyMake()
    {
        Assert.Equal(Of(new Rows(2)), Of(new Rows(2)));
        Assert.NotEqual(Of(new Rows(2)), Of(new Rows(3)));
        Assert.NotEqual(Of(new Rows(2).Invert()), Of(new Rows(3).Invert()));
        Assert.NotEqual(Settings(new PixelRemoval(new Rows(2))), Settings(new PixelRemoval(new Rows(3))));
        Assert.Equal(Settings(new Brighter(0.5f)), Settings(new Brighter(0.5f)));
        Assert.NotEqual(Settings(new Brighter(0.5f)), Settings(new Brighter(0.25f)));
        Assert.NotEqual(Settings(new GaussianNoise(5).Then(new Brighter(0.5f))), Settings(new GaussianNoise(5).Then(new Brighter(0.25f))));
        Assert.Equal("Brighter", Settings(new Brighter(0.5f)).ToDictionary()["Degradation"]);
        Assert.Equal("Rows", Of(new Rows(2)).ToDictionary()["Masks"]);
    }

    [Fact]
    public void Settings_PictureSet_DifferWithCountSizesNamesClassesAndPixels()
    {
        IReadOnlyList<KeyValuePair<string, string>> expected = Of(new Flat());
        Assert.Equal(expected, Of(new Flat()));
        Assert.Equal(expected, Of(new Flat { Folder = "/elsewhere/" }));
        Assert.Equal(expected, Of(new Flat { Folder = @"C:\pictures\" }));
        Flat[] others =
        [
            new() { Count = 4 },
            new() { Side = 80 },
            new() { Name = "b" },
            new() { Channels = 1 },
            new() { Class = 1 },
            new() { Value = 0.25f },
            new() { Partner = 0.25f },
        ];
        Assert.All(others, other => Assert.NotEqual(expected, Of(other)));

        static IReadOnlyList<KeyValuePair<string, string>> Of(Flat pictures) => new PatchSampler(pictures, null).Settings;
    }

    [Fact]
    public void Settings_InAnotherCulture_AreTheSame()
    {
        Assert.NotEqual("-0.5", (-0.5).ToString(Cultures.Odd));
        Assert.All(Examples.Values, degradation => Assert.Equal(
            Cultures.In(CultureInfo.InvariantCulture, () => Settings(degradation, new() { MinimumScale = 0.75, Seed = -5 })),
            Cultures.In(Cultures.Odd, () => Settings(degradation, new() { MinimumScale = 0.75, Seed = -5 }))));
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Settings(
        IDegradation? degradation = null, PatchSamplerOptions? options = null)
        => new PatchSampler(new PositionSource(3, 3, 70, 80), degradation, options).Settings;

    private static IReadOnlyList<KeyValuePair<string, string>> Of(IMaskStrategy masks) => Settings(options: new() { Masks = masks });

    /// <summary>Some whole rows are missing.</summary>
    private sealed class Rows(int count) : IMaskStrategy
    {
        public Mask Create(int height, int width, Random random)
        {
            var mask = new Mask(height, width);
            for (int i = 0; i < count; i++)
            {
                mask.Row(random.Next(height)).Fill(1);
            }

            return mask;
        }
    }

    private sealed class Brighter(float amount) : IDegradation
    {
        public void Apply(ImageTensor image, Random random)
        {
            foreach (ref float value in image.Span)
            {
                value += amount;
            }
        }
    }

    /// <summary>Pictures of one value, with partners of another.</summary>
    private sealed class Flat : IPairedPatchSource, ILabelledPatchSource
    {
        public int Count { get; init; } = 3;

        public int Channels { get; init; } = 3;

        public int ClassCount => 2;

        public int Side { get; init; } = 70;

        public int Class { get; init; }

        public float Value { get; init; } = 0.5f;

        public float Partner { get; init; } = 0.75f;

        public string Folder { get; init; } = "/pictures/";

        public string Name { get; init; } = "a";

        public int LabelOf(int index) => Class;

        public string NameOf(int index) => $"{Folder}{Name}{index}.png";

        public (int Height, int Width) SizeOf(int index) => (Side, Side);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination) => destination.Fill(Value);

        public void ReadDegraded(int index, int top, int left, int height, int width, Span<float> destination) => destination.Fill(Partner);
    }
}
