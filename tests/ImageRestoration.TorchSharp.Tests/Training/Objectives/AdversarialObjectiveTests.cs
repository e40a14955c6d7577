using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class AdversarialObjectiveTests
{
    [Theory]
    [InlineData(AdversarialLoss.Hinge, (0.5 + 3 + 0 + 1.25) / 2, -(0.25 - 2) / 2)]
    [InlineData(AdversarialLoss.NonSaturating, (0.4740769841801067 + 2.1269280110429727 + 0.8259394198788435 + 0.1269280110429726) / 2, (0.5759394198788435 + 2.1269280110429727) / 2)]
    [InlineData(AdversarialLoss.LeastSquares, (0.25 + 9 + 0.0625 + 4) / 4, (0.5625 + 9) / 4)]
    public void Losses_OfGivenScores_AreThePapers(AdversarialLoss kind, double critic, double model)
    {
        using DisposeScope scope = NewDisposeScope();
        var objective = new AdversarialObjective(CreateCritic(false)) { AdversarialLoss = kind };
        Tensor real = TorchTensors.ToTorch([0.5f, -2f], [2, 1, 1, 1], CPU), made = TorchTensors.ToTorch([0.25f, -2f], [2, 1, 1, 1], CPU);
        Assert.Equal(critic, objective.CriticLoss(real, made).item<float>(), 1e-5);
        Assert.Equal(model, objective.ModelLoss(made).item<float>(), 1e-5);

        // The second score is of a place where three times as much is missing.
        Tensor weights = TorchTensors.ToTorch([0.25f, 0.75f], [2, 1, 1, 1], CPU);
        Tensor moved = cat([made.narrow(0, 0, 1), made.narrow(0, 1, 1), made.narrow(0, 1, 1), made.narrow(0, 1, 1)]);
        Assert.Equal(objective.ModelLoss(moved).item<float>(), objective.ModelLoss(made, weights).item<float>(), 1e-5);
    }

    [Fact]
    public void ScoreWeights_HalfMissing_IsZeroWhereNothingIs()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mask = cat([ones([1, 1, 8, 8]), zeros([1, 1, 8, 8])], 3);
        Tensor weights = AdversarialObjective.ScoreWeights(mask, zeros([1, 1, 3, 4]));
        Assert.Equal([1, 1, 3, 4], weights.shape);
        Assert.Equal(1, weights.sum().item<float>(), 1e-5);
        Assert.Equal(0, weights.narrow(3, 2, 2).sum().item<float>());
    }

    [Fact]
    public async Task TrainAsync_InpaintingWithACritic_ReportsBothAndKeepsTheCriticOutOfTheModel()
    {
        var terms = new List<IReadOnlyDictionary<string, double>>();
        using var trainer = new Trainer(CreateModel(), CreateSampler(), new TrainerOptions
        {
            Steps = 30,
            WarmupSteps = 0,
            Precision = ComputePrecision.Float32,
            Threads = 1,
            Objective = new AdversarialObjective(CreateCritic(true)) { Weight = 0.1, FeatureMatchingWeight = 1, FromStep = 2, LearningRateFactor = 5 },
        });
        Model model = await trainer.TrainAsync(new TermRecorder(terms));
        Assert.Empty(terms[1]);
        Assert.Equal(["adversarial", "critic", "features"], terms[2].Keys.Order(StringComparer.Ordinal));
        Assert.True(terms[29]["critic"] < terms[2]["critic"], $"The critic's loss went from {terms[2]["critic"]} to {terms[29]["critic"]}; it should learn what holes filled by a beginner look like.");
        Assert.Equal(CreateModel().Weights.Names.Order(StringComparer.Ordinal), model.Weights.Names.Order(StringComparer.Ordinal));
    }

    /// <summary>Adam's first update is one learning rate long in every weight with a gradient, whatever the run's step is when the critic begins.</summary>
    [Fact]
    public async Task TrainAsync_CriticThatBeginsLater_TakesAFirstUpdateOfOneLearningRate()
    {
        const int begin = 20;
        string path = Path.GetTempFileName();
        try
        {
            WeightTensor[] steps = [.. await Task.WhenAll(CriticAfter(begin), CriticAfter(begin + 1))];
            double largest = steps[0].Values.ToArray().Zip(steps[1].Values.ToArray(), (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(largest, 0.9e-3, 1.01e-3);
        }
        finally
        {
            File.Delete(path);
        }

        Task<WeightTensor> CriticAfter(int steps) => Task.Run(async () =>
        {
            string checkpoint = path + steps;
            using var trainer = new Trainer(CreateModel(), CreateSampler(), new TrainerOptions
            {
                Steps = steps,
                WarmupSteps = 0,
                LearningRate = 1e-3,
                Schedule = new ConstantSchedule(),
                Precision = ComputePrecision.Float32,
                Threads = 1,
                Objective = new AdversarialObjective(CreateCritic(true)) { FromStep = begin },
                CheckpointPath = checkpoint,
            });
            await trainer.TrainAsync();
            WeightTensor weights = TrainingState.Read(checkpoint).File.Tensors["critic/weight/conv1.weight"];
            File.Delete(checkpoint);
            return weights;
        });
    }

    [Fact]
    public void Constructor_NoCritic_SaysWhatACriticIs()
    {
        var builder = new NetworkBuilder("picture");
        builder.Output("image", builder.Input("image", 3).Conv2d(3, 3, padding: 1));
        Assert.Contains("score", Assert.Throws<ArgumentException>(() => new AdversarialObjective(builder.Build())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainer_FeatureMatchingWithoutFeatures_SaysWhatToDo()
    {
        var builder = new NetworkBuilder("score");
        builder.Output("score", builder.Input("image", 3).Conv2d(1, 4, stride: 2, padding: 1));
        var options = new TrainerOptions { Objective = new AdversarialObjective(builder.Build()) { FeatureMatchingWeight = 1 } };
        Assert.Contains("features", Assert.Throws<TrainingException>(() => new Trainer(CreateModel(), CreateSampler(), options)).Message, StringComparison.Ordinal);
    }

    private static PatchSampler CreateSampler() => new(
        new SyntheticPictures(5, 3, 48, 56),
        new BitDepthReduction(8),
        new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 24)], Masks = new PointMaskStrategy(0.5) });

    private static Model CreateModel()
    {
        var builder = new NetworkBuilder("fill");
        NetworkValue image = builder.Input("image", 3);
        builder.Output("image", image + image.Concat([builder.Input("mask", 1)]).Conv2d(8, 5, padding: 2).ReLU().Conv2d(3, 5, padding: 2));
        Network network = builder.Build();
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "fill", Task = RestorationTask.Inpaint });
    }

    private static Network CreateCritic(bool takesMask)
    {
        var builder = new NetworkBuilder("critic");
        NetworkValue image = builder.Input("image", 3);
        NetworkValue input = takesMask ? image.Concat([builder.Input("mask", 1)]) : image;
        NetworkValue features = input.Conv2d(8, 4, stride: 2, padding: 1).LeakyReLU(0.2f);
        builder.Output("score", features.Conv2d(1, 3, padding: 1));
        builder.Output("features", features);
        return builder.Build();
    }

    private sealed class TermRecorder(List<IReadOnlyDictionary<string, double>> terms) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => terms.Add(value.Terms);
    }
}
