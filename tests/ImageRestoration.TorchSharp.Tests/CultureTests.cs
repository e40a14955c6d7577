using System.Globalization;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>Numbers in messages, descriptions and files are written and read the same way in every culture.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("culture").FullName;

    public static TheoryData<TrainerOptions, string> WrongOptions => new()
    {
        { new TrainerOptions { LearningRate = -0.5 }, "LearningRate is -0.5 and" },
        { new TrainerOptions { Steps = -3, EmaDecay = 1.5 }, "Steps is -3 and must be at least 1. EmaDecay is 1.5 and" },
        { new TrainerOptions { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity and" },
        { new TrainerOptions { Optimizer = new AdamOptions { Beta1 = -0.5 } }, "Optimizer.Beta1 is -0.5 and" },
        { new TrainerOptions { Optimizer = new SgdOptions { Momentum = 1.5 } }, "Optimizer.Momentum is 1.5 and" },
        { new TrainerOptions { Optimizer = new MuonOptions { Iterations = -1 } }, "Optimizer.Iterations is -1 and" },
        { new TrainerOptions { Schedule = new CosineSchedule { PeriodFactor = 0.5 } }, "Schedule.PeriodFactor is 0.5 and" },
        { new TrainerOptions { Schedule = new OneCycleSchedule { RisingShare = 1.5 } }, "Schedule.RisingShare is 1.5 and" },
        { new TrainerOptions { Schedule = new PlateauSchedule { Factor = -1.5 } }, "Schedule.Factor is -1.5 and" },
        { new TrainerOptions { Schedule = new StepSchedule { Gamma = 1.5 } }, "Schedule.Gamma is 1.5 and" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Constructor_WrongOptionsInEveryCulture_SayTheSame(TrainerOptions options, string expected)
        => Cultures.AssertSameMessage<ArgumentException>(() => SmallRun.Create(options), expected);

    [Fact]
    public void Constructor_WrongThreadsInEveryCulture_SayTheSame()
        => Cultures.AssertSameMessage<ArgumentException>(
            () => new TorchRestorer(SmallRun.Model(), new TorchOptions { Threads = -2 }), "Threads is -2 and");

    [Fact]
    public void Constructor_CriticWithoutFeaturesInEveryCulture_SaysTheSame()
    {
        var builder = new NetworkBuilder("critic");
        builder.Output("score", builder.Input("image", 3).Conv2d(1, 4, stride: 2, padding: 1));
        var objective = new AdversarialObjective(builder.Build()) { FeatureMatchingWeight = 0.5 };
        Cultures.AssertSameMessage<TrainingException>(
            () => SmallRun.Create(SmallRun.Options with { Objective = objective }), "FeatureMatchingWeight is 0.5 and");
    }

    [Fact]
    public void Description_InEveryCulture_IsTheSame()
    {
        object[] described =
        [
            new AdamWOptions { WeightDecay = 0.015 },
            new CosineSchedule { PeriodFactor = 1.5 },
            new CharbonnierLoss { Epsilon = 0.25, MissingWeight = 1.5 },
            new WeightedSumLoss(new LossTerm(new L1Loss(), 0.5)),
            new Neighbor2NeighborObjective { RegularizationWeight = 0.5 },
            new VariationalObjective { Beta = 0.5 },
        ];
        Assert.All(described, value => Assert.All(Cultures.All, culture => Assert.Equal(
            Cultures.In(CultureInfo.InvariantCulture, value.ToString), Cultures.In(culture, value.ToString))));
        Assert.Equal("AdamWOptions { WeightDecay = 0.015, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08 }", described[0].ToString());
    }

    /// <summary>The log of a run and the curve that is drawn of it have the same bytes, but for times.</summary>
    [Fact]
    public async Task LogAndCurve_WrittenInEveryCulture_AreReadInEveryOther()
    {
        foreach (CultureInfo culture in Cultures.All)
        {
            string log = Path.Combine(_folder, $"{Guid.NewGuid():N}.jsonl");
            await Cultures.In(culture, async () =>
            {
                using Trainer trainer = SmallRun.Create(SmallRun.Options with { Steps = 4, LearningRate = 1.5e-4 });
                using var written = new TrainingLog(log);
                await trainer.TrainAsync(written);
            });
            IReadOnlyList<TrainingProgress> invariant = Cultures.In(CultureInfo.InvariantCulture, () => TrainingLog.Read(log));
            Assert.Equal(4, invariant.Count);
            Assert.Equal(invariant.Select(p => p.Loss), Cultures.In(culture, () => TrainingLog.Read(log)).Select(p => p.Loss));
            Assert.Equal(Cultures.In(CultureInfo.InvariantCulture, Draw), Cultures.In(culture, Draw));

            string Draw()
            {
                string path = Path.Combine(_folder, "curve.svg");
                LossCurve.Write(path, invariant, "curve");
                return File.ReadAllText(path);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
