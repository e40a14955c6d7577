using System.Globalization;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>Reads losses, optimisers and schedules as recipes and the command line write them: <c>name</c> or <c>name:number:number</c>.</summary>
internal static class RecipeParser
{
    private const string Losses = "charbonnier, l1, mse, psnr, bce, ssim, ms-ssim, tv, edge, focal-frequency or texture:MODEL";
    private const string Texture = "texture:";
    private const string Optimizers = "adamw, adam, muon, sgd, momentum[:0.9] or nesterov[:0.9]";
    private const string Schedules = "cosine[:restarts[:length factor]], constant, step[:steps[:factor]], one-cycle or plateau[:validations[:factor]]";

    /// <summary>Reads a loss, or a sum with weights such as <c>charbonnier+0.05*edge</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="missingWeight">Weight of missing pixels in losses over pixels.</param>
    /// <param name="missingDecay">What it is multiplied by for each pixel of distance from the nearest known one.</param>
    public static Loss ParseLoss(string text, double missingWeight, double missingDecay = 1)
    {
        LossTerm[] terms = [.. text.Split('+', StringSplitOptions.TrimEntries).Select(term =>
        {
            string[] parts = term.Split('*', StringSplitOptions.TrimEntries);
            double weight = parts.Length switch
            {
                1 => 1,
                2 when double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && double.IsFinite(number) => number,
                _ => throw Unknown("loss", term, $"{Losses}, each with a weight where wanted, such as charbonnier+0.05*edge"),
            };
            return new LossTerm(CreateLoss(parts[^1], missingWeight, missingDecay), weight);
        })];
        return terms is [{ Weight: 1 } single] ? single.Loss : new WeightedSumLoss(terms);
    }

    public static OptimizerOptions ParseOptimizer(string text, double? weightDecay)
    {
        (string name, double[] numbers) = Split("optimizer", text, Optimizers);
        OptimizerOptions optimizer = (name, numbers) switch
        {
            ("adamw", []) => new AdamWOptions(),
            ("adam", []) => new AdamOptions(),
            ("muon", []) => new MuonOptions(),
            ("sgd", []) => new SgdOptions(),
            ("momentum" or "nesterov", { Length: <= 1 }) => new SgdOptions { Momentum = At(numbers, 0, 0.9), Nesterov = name == "nesterov" },
            _ => throw Unknown("optimizer", text, Optimizers),
        };
        return weightDecay is { } decay ? optimizer with { WeightDecay = decay } : optimizer;
    }

    public static LearningRateSchedule ParseSchedule(string text)
    {
        (string name, double[] numbers) = Split("schedule", text, Schedules);
        return (name, numbers) switch
        {
            ("cosine", { Length: <= 2 }) => new CosineSchedule { Restarts = (int)At(numbers, 0, 0), PeriodFactor = At(numbers, 1, 1) },
            ("constant", []) => new ConstantSchedule(),
            ("step", { Length: <= 2 }) => new StepSchedule { StepSize = (long)At(numbers, 0, 10_000), Gamma = At(numbers, 1, 0.5) },
            ("one-cycle", []) => new OneCycleSchedule(),
            ("plateau", { Length: <= 2 }) => new PlateauSchedule { Patience = (int)At(numbers, 0, 3), Factor = At(numbers, 1, 0.5) },
            _ => throw Unknown("schedule", text, Schedules),
        };
    }

    private static Loss CreateLoss(string name, double missingWeight, double missingDecay) => name switch
    {
        "charbonnier" => new CharbonnierLoss { MissingWeight = missingWeight, MissingDecay = missingDecay },
        "l1" => new L1Loss { MissingWeight = missingWeight, MissingDecay = missingDecay },
        "mse" => new MeanSquaredErrorLoss { MissingWeight = missingWeight, MissingDecay = missingDecay },
        "psnr" => new PsnrLoss(),
        "bce" => new BinaryCrossEntropyLoss(),
        "ssim" => new SsimLoss(),
        "ms-ssim" => new MsSsimLoss(),
        "tv" => new TotalVariationLoss(),
        "edge" => new EdgeLoss(),
        "focal-frequency" => new FocalFrequencyLoss(),
        _ when name.StartsWith(Texture, StringComparison.Ordinal) => CreateTextureLoss(name[Texture.Length..]),
        _ => throw Unknown("loss", name, Losses),
    };

    /// <summary>Texture as the encoder of a model sees it: of a file, or bundled.</summary>
    private static TextureLoss CreateTextureLoss(string model)
    {
        Model features = Path.GetExtension(model).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? Model.Load(model) : PretrainedModels.Find(model).Load();
        return new TextureLoss(features.RequireEncoder(), features.EncoderWeights);
    }

    private static (string Name, double[] Numbers) Split(string what, string text, string known)
    {
        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        return (parts[0], [.. parts[1..].Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Unknown(what, text, known))]);
    }

    private static double At(double[] numbers, int index, double standard) => index < numbers.Length ? numbers[index] : standard;

    private static FormatException Unknown(string what, string text, string known) => new($"The {what} '{text}' is unknown; it must be {known}.");
}
