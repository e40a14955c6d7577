using System.Globalization;
using System.Numerics.Tensors;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Data;

public sealed class PatchSamplerTests
{
    [Fact]
    public void Create_SameSeedAndStep_IsThePureFunctionOfBoth()
    {
        using TrainingBatch first = Sampler(seed: 3).Create(41), second = Sampler(seed: 3).Create(41), otherStep = Sampler(seed: 3).Create(42), otherSeed = Sampler(seed: 4).Create(41);
        Assert.Equal(first.Input.Span.ToArray(), second.Input.Span.ToArray());
        Assert.Equal(first.Target.Span.ToArray(), second.Target.Span.ToArray());
        Assert.Equal(first.Sources, second.Sources);
        Assert.NotEqual(first.Input.Span.ToArray(), otherStep.Input.Span.ToArray());
        Assert.NotEqual(first.Input.Span.ToArray(), otherSeed.Input.Span.ToArray());
    }

    [Fact]
    public void Create_OverAnEpoch_TakesEveryPictureOnce()
    {
        PatchSampler sampler = Sampler(seed: 1);
        var names = new List<string>();
        for (int step = 0; step < 12; step++)
        {
            using TrainingBatch batch = sampler.Create(step);
            names.AddRange(batch.Sources);
        }

        // 12 batches of 5 are 4 epochs of 15 pictures, each in an order of its own.
        string[][] epochs = [.. names.Chunk(15)];
        Assert.All(epochs, epoch => Assert.Equal(15, epoch.Distinct().Count()));
        Assert.Equal(4, epochs.Select(e => string.Join(' ', e)).Distinct().Count());
    }

    /// <summary>Pictures of 10×10, 15×10 (half a turn more, rounded to even), 30×10 and 100×100 pixels.</summary>
    [Fact]
    public void Create_PicturesByArea_LargeOnesHaveMoreTurns()
    {
        var sampler = new PatchSampler(new SizedSource((10, 10), (15, 10), (30, 10), (100, 100)), new Nothing(), new PatchSamplerOptions { BatchSize = 11, PatchSizes = [new PatchSize(0, 8)], ImagesByArea = true, Seed = 1 });
        Assert.Equal((4, 1 + 2 + 3 + 16), (sampler.ImageCount, sampler.TurnsPerEpoch));
        for (int epoch = 0; epoch < 3; epoch++)
        {
            using TrainingBatch first = sampler.Create(2 * epoch), second = sampler.Create((2 * epoch) + 1);
            Assert.Equal([1, 2, 3, 16], first.Sources.Concat(second.Sources).CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
        }
    }

    [Fact]
    public void Create_AnyStep_PatchesAreOrientedCropsOfTheirPicture()
    {
        var source = new PositionSource(1, 3, 20, 30);
        var sampler = new PatchSampler(source, new Nothing(), new PatchSamplerOptions { BatchSize = 1, PatchSizes = [new PatchSize(0, 6)], Seed = 2 });
        var orientations = new HashSet<(bool, bool, bool)>();
        for (int step = 0; step < 200; step++)
        {
            using TrainingBatch batch = sampler.Create(step);
            ReadOnlySpan<float> plane = batch.Target.Plane(0, 1);

            // The source writes 100 × row + column (+ 10,000 × channel), so steps along the axes tell the orientation.
            float right = plane[1] - plane[0], down = plane[6] - plane[0];
            Assert.Contains((right, down), new[] { (1f, 100f), (-1f, 100f), (1f, -100f), (-1f, -100f), (100f, 1f), (-100f, 1f), (100f, -1f), (-100f, -1f) });
            orientations.Add((Math.Abs(right) > 1, right > 0, down > 0));
            for (int y = 0; y < 6; y++)
            {
                for (int x = 0; x < 6; x++)
                {
                    Assert.Equal(plane[0] + (x * right) + (y * down), plane[(y * 6) + x]);
                }
            }
        }

        Assert.Equal(8, orientations.Count);
    }

    [Fact]
    public void Create_WithNoise_ChangesInputOnly()
    {
        var clean = new PatchSampler(new PositionSource(15, 3, 20, 30), new Nothing(), Options(7));
        using TrainingBatch noisy = Sampler(seed: 7).Create(3), expected = clean.Create(3);
        Assert.Equal(expected.Target.Span.ToArray(), noisy.Target.Span.ToArray());
        Assert.NotEqual(noisy.Target.Span.ToArray(), noisy.Input.Span.ToArray());
    }

    [Fact]
    public void Create_WithMasks_FillsWhatIsMissingAndKeepsTheRest()
    {
        var options = Options(7) with { Masks = new PointMaskStrategy(0.25) };
        using TrainingBatch batch = new PatchSampler(new PositionSource(15, 3, 20, 30), new Nothing(), options).Create(3);
        Assert.Equal(new ImageShape(batch.Target.Batch, 1, 8, 8), batch.Mask!.Shape);
        for (int n = 0; n < batch.Target.Batch; n++)
        {
            ReadOnlySpan<float> mask = batch.Mask.Plane(n, 0);
            Assert.Equal(16, mask.Count(1f));
            for (int i = 0; i < mask.Length; i++)
            {
                Assert.Equal(mask[i] == 1 ? 0 : batch.Target.Plane(n, 2)[i], batch.Input.Plane(n, 2)[i]);
            }
        }
    }

    [Fact]
    public void Create_ManyCandidates_PrefersDetail()
    {
        // The left half is flat, the right half is not.
        int Flat(int candidates)
        {
            var sampler = new PatchSampler(new HalfFlatSource(), new Nothing(), new PatchSamplerOptions { BatchSize = 1, PatchSizes = [new PatchSize(0, 4)], DetailCandidates = candidates });
            int flat = 0;
            for (int step = 0; step < 200; step++)
            {
                using TrainingBatch batch = sampler.Create(step);
                flat += batch.Target.Span.ContainsAnyExcept(0.5f) ? 0 : 1;
            }

            return flat;
        }

        Assert.InRange(Flat(1), 60, 120);
        Assert.InRange(Flat(8), 0, 5);
    }

    [Fact]
    public void Create_MinimumScale_ReducesLargerSquares()
    {
        const int Size = 16;
        var sampler = new PatchSampler(new RampSource(200), new Nothing(), new PatchSamplerOptions { BatchSize = 1, PatchSizes = [new PatchSize(0, Size)], MinimumScale = 0.5 });
        var steps = new List<double>();
        for (int step = 0; step < 200; step++)
        {
            using TrainingBatch batch = sampler.Create(step);
            steps.Add(StepOf(batch.Target));
            Assert.Equal(batch.Target.Span.ToArray(), batch.Input.Span.ToArray());
        }

        // A square of 16 to 32 pixels became 16, so that values rise once to twice as fast.
        Assert.InRange(steps.Min(), RampSource.Step * 0.99, RampSource.Step * 1.1);
        Assert.InRange(steps.Max(), RampSource.Step * 1.9, RampSource.Step * 2.01);
        Assert.Equal(RampSource.Step * 1.5, steps.Average(), RampSource.Step * 0.1);

        // Where the picture holds no larger square, patches are not reduced as much.
        var small = new PatchSampler(new RampSource(20), new Nothing(), sampler.Options);
        for (int step = 0; step < 50; step++)
        {
            using TrainingBatch batch = small.Create(step);
            Assert.InRange(StepOf(batch.Target), RampSource.Step * 0.99, RampSource.Step * 1.26);
        }

        static double StepOf(ImageTensor patch)
        {
            // Along rows or columns, whichever the orientation made of the ramp, and away from the border.
            double along = patch.Span[(Size * 8) + 8] - patch.Span[(Size * 8) + 7], across = patch.Span[(Size * 8) + 8] - patch.Span[(Size * 7) + 8];
            return Math.Max(Math.Abs(along), Math.Abs(across));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Constructor_MinimumScaleOutOfRange_SaysSo(double scale)
    {
        var error = Assert.Throws<ArgumentException>(() => new PatchSampler(new RampSource(40), new Nothing(), new PatchSamplerOptions { MinimumScale = scale }));
        Assert.Contains("MinimumScale", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_MinimumScaleOfPairs_SaysWhy()
    {
        var error = Assert.Throws<TrainingException>(() => new PatchSampler(new PairedSource(), degradation: null, Options(5) with { MinimumScale = 0.5 }));
        Assert.Contains("pairs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(9, 8)]
    [InlineData(10, 12)]
    [InlineData(1000, 12)]
    public void PatchSizeAt_Schedule_Grows(long step, int expected)
    {
        PatchSampler sampler = Sampler(seed: 0, new PatchSize(0, 8), new PatchSize(10, 12));
        Assert.Equal(expected, sampler.PatchSizeAt(step));
        using TrainingBatch batch = sampler.Create(step);
        Assert.Equal(expected, batch.Input.Width);
    }

    [Fact]
    public void Constructor_PictureSmallerThanPatch_NamesIt()
    {
        var error = Assert.Throws<TrainingException>(() => Sampler(seed: 0, new PatchSize(0, 24)));
        Assert.Contains("picture0", error.Message, StringComparison.Ordinal);
        Assert.Contains("20×30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_InvalidOptions_ReportsAllErrorsTogether()
    {
        var error = Assert.Throws<ArgumentException>(() => new PatchSampler(new PositionSource(1, 1, 9, 9), new Nothing(), new PatchSamplerOptions { BatchSize = 0, PatchSizes = [new PatchSize(4, 8)] }));
        Assert.Contains("BatchSize", error.Message, StringComparison.Ordinal);
        Assert.Contains("step 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 5, 3)]
    [InlineData(12, 5, 4)]
    [InlineData(2, 5, 3)]
    [InlineData(7, 1, 2)]
    public void Create_SeveralPatchesPerPicture_TakesEveryPictureThatOftenPerEpoch(int pictures, int batchSize, int patches)
    {
        var sampler = new PatchSampler(new PositionSource(pictures, 1, 20, 30), degradation: null, Options(3) with { BatchSize = batchSize, PatchesPerImage = patches });
        var names = new List<string>();
        for (int step = 0; names.Count < 2 * pictures * patches; step++)
        {
            using TrainingBatch batch = sampler.Create(step);
            names.AddRange(batch.Sources);
        }

        Assert.All(names.Take(2 * pictures * patches).Chunk(pictures * patches), epoch => Assert.All(epoch.CountBy(name => name), count => Assert.Equal(patches, count.Value)));
        Assert.All(names.Take(pictures * patches).Chunk(batchSize * patches), group => Assert.InRange(group.Distinct().Count(), 1, batchSize));
    }

    [Fact]
    public void Create_SeveralPatchesPerPicture_BatchesShowDifferentPicturesAndPatches()
    {
        var sampler = new PatchSampler(new PositionSource(15, 1, 200, 300), degradation: null, Options(3) with { PatchesPerImage = 3 });
        using TrainingBatch first = sampler.Create(0), second = sampler.Create(1), third = sampler.Create(2);
        Assert.All([first, second, third], batch => Assert.Equal(5, batch.Sources.Distinct().Count()));
        Assert.Equal(first.Sources.Order(), second.Sources.Order());
        Assert.Equal(first.Sources.Order(), third.Sources.Order());

        // Neighbouring batches start at different pictures.
        Assert.Equal(3, new[] { first.Sources[0], second.Sources[0], third.Sources[0] }.Distinct().Count());
        Assert.NotEqual(first.Target.Span.ToArray().Order(), second.Target.Span.ToArray().Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Create_PairedSource_GivesBothTheSameRectangleAndOrientation(int candidates)
    {
        PatchSamplerOptions options = Options(5) with { DetailCandidates = candidates };
        using TrainingBatch pair = new PatchSampler(new PairedSource(), degradation: null, options).Create(9);
        Assert.All(pair.Target.Span.ToArray().Zip(pair.Input.Span.ToArray()), values => Assert.Equal(values.First + 0.25f, values.Second));
        using TrainingBatch alone = new PatchSampler(new PositionSource(15, 3, 20, 30), new Nothing(), options).Create(9);
        Assert.Equal(alone.Target.Span.ToArray(), pair.Target.Span.ToArray());
    }

    [Fact]
    public void Create_PairedSourceWithDegradation_DegradesThePartner()
    {
        var sampler = new PatchSampler(new PairedSource(), new AddOne(), Options(5));
        using TrainingBatch batch = sampler.Create(9);
        Assert.True(sampler.IsPaired);
        Assert.All(batch.Target.Span.ToArray().Zip(batch.Input.Span.ToArray()), values => Assert.Equal(values.First + 1.25f, values.Second));
    }

    [Fact]
    public void Create_LabelledSource_GivesTheClassOfEachSample()
    {
        var sampler = new PatchSampler(new PairedSource(), degradation: null, Options(5));
        using TrainingBatch batch = sampler.Create(2);
        Assert.Equal(4, sampler.ClassCount);
        Assert.Equal(batch.Sources.Select(name => int.Parse(name["picture".Length..], CultureInfo.InvariantCulture) % 4), batch.Labels!);
        PatchSampler unlabelled = Sampler(seed: 5);
        using TrainingBatch none = unlabelled.Create(2);
        Assert.Null(unlabelled.ClassCount);
        Assert.Null(none.Labels);
    }

    [Fact]
    public void Create_NeitherDegradationNorPairs_InputIsTheTarget()
    {
        using TrainingBatch batch = new PatchSampler(new PositionSource(15, 3, 20, 30), degradation: null, Options(5)).Create(0);
        Assert.Equal(batch.Target.Span.ToArray(), batch.Input.Span.ToArray());
    }

    private static PatchSampler Sampler(long seed, params PatchSize[] sizes)
        => new(new PositionSource(15, 3, 20, 30), new GaussianNoise(0, 55), Options(seed) with { PatchSizes = sizes.Length == 0 ? [new PatchSize(0, 8)] : [.. sizes] });

    private static PatchSamplerOptions Options(long seed) => new() { BatchSize = 5, PatchSizes = [new PatchSize(0, 8)], Seed = seed };

    private sealed class Nothing : IDegradation
    {
        public void Apply(ImageTensor image, Random random)
        {
        }
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-6)]
    public void Create_NormalizedExposure_IsThatOfTheWholeDegradedPicture(int stops)
    {
        // As small as the grid: the gain is that of the picture itself, of which patches are brighter and darker parts.
        var source = new ShadedSource();
        var darker = new LowLight(new LowLightOptions { MinimumExposure = stops - 0.5, MaximumExposure = stops, Noise = null, RoundTo8Bit = false });
        var options = new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 8)], Seed = 2 };
        PatchSampler normalizing = new(source, darker, options with { NormalizesExposure = true }), plain = new(source, darker, options);
        for (int step = 0; step < 5; step++)
        {
            using TrainingBatch seen = normalizing.Create(step), dark = plain.Create(step);
            Assert.Equal(dark.Target.Span, seen.Target.Span);
            for (int sample = 0; sample < 4; sample++)
            {
                using ImageTensor target = dark.Target.Image(sample), input = dark.Input.Image(sample), expected = dark.Input.Image(sample).Clone();
                double exposure = Math.Log2(Light(input.Span[0]) / Light(target.Span[0]));
                using ImageTensor whole = ImageTensor.Create(ImageShape.Single(1, 32, 32));
                source.Read(0, 0, 0, 32, 32, whole.Span);
                new LowLight(new LowLightOptions { MinimumExposure = exposure, MaximumExposure = exposure, Noise = null, RoundTo8Bit = false }).Apply(whole, new Random(1));
                AutoExposure.Apply(expected, AutoExposure.StopsOf(whole));
                for (int i = 0; i < expected.Span.Length; i++)
                {
                    Assert.Equal(expected.Span[i], seen.Input.Image(sample).Span[i], 2e-3);
                }
            }
        }

        static double Light(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [Fact]
    public void Create_Augmentation_ChangesWhatTheNetworkIsToGiveBack()
    {
        var source = new PositionSource(15, 3, 20, 30);
        PatchSampler plain = new(source, new AddOne(), Options(7)), changed = new(source, new AugmentedDegradation(new AddOne(), new AddOne()), Options(7));
        using TrainingBatch before = plain.Create(3), after = changed.Create(3);
        Assert.Equal(before.Target.Span.ToArray().Select(v => v + 1), after.Target.Span.ToArray());
        Assert.Equal(before.Input.Span.ToArray().Select(v => v + 1), after.Input.Span.ToArray());
    }

    /// <summary>An augmentation that draws another number for every pixel must not move what the degradation draws for the whole picture.</summary>
    [Fact]
    public void Create_AugmentationAndNormalizedExposure_WholePictureIsChangedAlike()
    {
        var source = new ShadedSource();
        var darker = new LowLight(new LowLightOptions { MinimumExposure = -8, MaximumExposure = -6, Noise = null, RoundTo8Bit = false });
        var options = new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 8)], Seed = 2, NormalizesExposure = true };
        PatchSampler plain = new(source, darker, options), changed = new(source, new AugmentedDegradation(new DrawMuch(), darker), options);
        for (int step = 0; step < 5; step++)
        {
            // Exposures differ, because the augmentation draws first; normalised, the darkening hardly shows in either.
            using TrainingBatch first = plain.Create(step), second = changed.Create(step);
            Assert.Equal(first.Target.Span, second.Target.Span);
            Assert.All(first.Input.Span.ToArray().Zip(second.Input.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 0.01));
        }
    }

    [Fact]
    public void Create_NormalizedTarget_HasTheGainOfItsInput()
    {
        var source = new ShadedSource();
        var camera = new SensorPipeline(new SensorPipelineOptions
        {
            MinimumExposure = -6,
            MaximumExposure = -3,
            Noise = null,
            BlurShare = 0,
            Compression = null,
            RoundTo8Bit = false,
        });
        var options = new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 8)], Seed = 2, NormalizesExposure = true };
        PatchSampler both = new(source, camera, options with { NormalizesTarget = true }), inputs = new(source, camera, options);
        for (int step = 0; step < 5; step++)
        {
            using TrainingBatch same = both.Create(step), dark = inputs.Create(step);
            Assert.Equal(same.Input.Span, same.Target.Span);
            Assert.Equal(same.Input.Span, dark.Input.Span);
            Assert.True(System.Numerics.Tensors.TensorPrimitives.Max(dark.Target.Span) < System.Numerics.Tensors.TensorPrimitives.Max(dark.Input.Span) / 2);
        }
    }

    [Fact]
    public void Constructor_AugmentationOfPairs_SaysWhatToDo()
    {
        var error = Assert.Throws<TrainingException>(() => new PatchSampler(new PairedSource(), new RandomChoiceDegradation(new AddOne(), new AugmentedDegradation(new AddOne(), new AddOne())), Options(1)));
        Assert.Contains("clean pictures", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A picture of 32×32, dark at the top and bright at the bottom.</summary>
    private sealed class ShadedSource : IPatchSource
    {
        public int Count => 1;

        public int Channels => 1;

        public string NameOf(int index) => "shaded";

        public (int Height, int Width) SizeOf(int index) => (32, 32);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        {
            for (int i = 0; i < height * width; i++)
            {
                destination[i] = (10 + (7 * (top + (i / width))) + (left + (i % width)) % 5) / 255f;
            }
        }
    }

    /// <summary>Changes nothing and draws a number for every value.</summary>
    private sealed class DrawMuch : IDegradation
    {
        public void Apply(ImageTensor image, Random random)
        {
            foreach (float _ in image.Span)
            {
                random.NextDouble();
            }
        }
    }

    private sealed class AddOne : IDegradation
    {
        public void Apply(ImageTensor image, Random random) => TensorPrimitives.Add(image.Span, 1, image.Span);
    }

    /// <summary>Fifteen pictures of four classes whose degraded partners are brighter by a quarter.</summary>
    private sealed class PairedSource : IPairedPatchSource, ILabelledPatchSource
    {
        private readonly PositionSource _clean = new(15, 3, 20, 30);

        public int Count => _clean.Count;

        public int Channels => _clean.Channels;

        public int ClassCount => 4;

        public int LabelOf(int index) => index % 4;

        public string NameOf(int index) => _clean.NameOf(index);

        public (int Height, int Width) SizeOf(int index) => _clean.SizeOf(index);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
            => _clean.Read(index, top, left, height, width, destination);

        public void ReadDegraded(int index, int top, int left, int height, int width, Span<float> destination)
        {
            Read(index, top, left, height, width, destination);
            TensorPrimitives.Add(destination, 0.25f, destination);
        }
    }

    private sealed class SizedSource(params (int Height, int Width)[] sizes) : IPatchSource
    {
        public int Count => sizes.Length;

        public int Channels => 1;

        public string NameOf(int index) => $"{index}";

        public (int Height, int Width) SizeOf(int index) => sizes[index];

        public void Read(int index, int top, int left, int height, int width, Span<float> destination) => destination.Clear();
    }

    private sealed class RampSource(int side) : IPatchSource
    {
        public const double Step = 0.002;

        public int Count => 1;

        public int Channels => 1;

        public string NameOf(int index) => "ramp";

        public (int Height, int Width) SizeOf(int index) => (side, side);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = (float)(0.3 + ((left + (i % width)) * Step));
            }
        }
    }

    private sealed class HalfFlatSource : IPatchSource
    {
        public int Count => 1;

        public int Channels => 1;

        public string NameOf(int index) => "half flat";

        public (int Height, int Width) SizeOf(int index) => (32, 64);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                int x = left + (i % width), y = top + (i / width);
                destination[i] = x < 32 ? 0.5f : (x + y) % 2;
            }
        }
    }
}
