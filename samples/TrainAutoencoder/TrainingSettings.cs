using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRestoration;
using ImageRestoration.Data;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>A training run: what a recipe file holds, and what options of the command line change in it.</summary>
internal sealed record TrainingSettings
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Read by people, not by browsers.
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Name of the model.</summary>
    public string Name { get; init; } = "denoise-color";

    /// <summary>What the model learns: denoise, deblock, brighten or inpaint.</summary>
    public RestorationTask Task { get; init; } = RestorationTask.Denoise;

    /// <summary>Whether pictures are read as grey.</summary>
    public bool Grey { get; init; }

    /// <summary>Channels of the U-Net's levels.</summary>
    public ImmutableArray<int> Channels
    {
        get => field.IsDefault ? Task == RestorationTask.Generate ? [16, 32, 64, 128, 128, 256] : [32, 64, 128, 256] : field;
        init;
    }

    /// <summary>Blocks of each of the U-Net's levels, or one number for all.</summary>
    public ImmutableArray<int> Blocks
    {
        get => field.IsDefault ? [1] : field;
        init;
    }

    /// <summary>A model to start from, wherever names and shapes are the same: a file, the checkpoint of a run, or the name of a bundled model; several, with commas between, are averaged.</summary>
    public string? From { get; init; }

    public long Steps { get; init; } = 8_000;

    /// <summary>Length of the run in epochs, in place of steps.</summary>
    public double? Epochs { get; init; }

    public int BatchSize { get; init; } = 16;

    /// <summary>Patch sizes by first step, such as <c>0:64,5000:96</c>.</summary>
    public string Patches
    {
        get => field ?? (Task == RestorationTask.Generate ? "32" : "0:64,5000:96");
        init;
    }

    /// <summary>Batches whose gradients make one step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Smallest scale of the patches; 1 for the pictures' own pixels alone.</summary>
    public double MinimumScale { get; init; } = 1;

    /// <summary>Crops among which each patch is drawn by detail; 1 for any crop.</summary>
    public int DetailCandidates { get; init; } = 1;

    /// <summary>Whether large pictures come more often than small ones.</summary>
    public bool ImagesByArea { get; init; }

    /// <summary>What is minimised, such as <c>charbonnier+0.05*edge</c>; the task's own where <see langword="null"/>.</summary>
    public string? Loss { get; init; }

    /// <summary>Weight of a critic's verdict beside the loss: a network that learns along to tell restored from clean pictures. None where 0.</summary>
    public double AdversarialWeight { get; init; }

    /// <summary>Weight of the difference between the critic's features of restored and clean pictures.</summary>
    public double FeatureMatchingWeight { get; init; }

    /// <summary>Step at which the critic begins to learn and to count.</summary>
    public long AdversarialFromStep { get; init; }

    /// <summary>Channels of the critic's convolutions.</summary>
    public ImmutableArray<int> CriticChannels
    {
        get => field.IsDefault ? [32, 64, 128, 128] : field;
        init;
    }

    /// <summary>Such as <c>adamw</c> or <c>nesterov:0.9</c>.</summary>
    public string Optimizer { get; init; } = "adamw";

    /// <summary>The optimiser's own default where <see langword="null"/>.</summary>
    public double? WeightDecay { get; init; }

    public double LearningRate { get; init; } = 1e-3;

    public double MinimumLearningRate { get; init; } = 1e-6;

    /// <summary>Such as <c>cosine</c> or <c>step:4000:0.5</c>.</summary>
    public string Schedule { get; init; } = "cosine";

    /// <summary>Steps in which the learning rate rises; 200, or none for a schedule with a rise of its own, where <see langword="null"/>.</summary>
    public long? WarmupSteps { get; init; }

    /// <summary>Decay of the averaged weights.</summary>
    public double Ema { get; init; } = 0.999;

    public string Precision { get; init; } = "bf16";

    public long Seed { get; init; }

    public int ValidationCount { get; init; } = 8;

    public long ValidationInterval { get; init; } = 1_000;

    public long CheckpointInterval { get; init; } = 250;

    /// <summary>Validations without a better score after which training ends.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>Share by which the mean loss of a window of steps has to fall below that of the window before; training ends where it does not.</summary>
    public double? ConvergenceTolerance { get; init; }

    public long ConvergenceWindow { get; init; } = 2_000;

    /// <summary>Strongest Gaussian noise, on the [0, 255] scale.</summary>
    public double MaximumSigma { get; init; } = 55;

    /// <summary>Share of patches with Gaussian noise of at most half the strongest sigma.</summary>
    public double WeakNoiseShare { get; init; }

    /// <summary>Share of patches with a sensor's noise (Poisson–Gaussian) instead of Gaussian noise.</summary>
    public double SensorNoiseShare { get; init; }

    /// <summary>What patches are degraded by, each kind with its share, in place of the task's own noise; for denoising.</summary>
    public ImmutableArray<DegradationShare> Mixture
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Share of patches that are made ink drawings before they are degraded, for denoising and deblocking: lines and letters are not to be taken for noise.</summary>
    public double DrawingShare { get; init; }

    /// <summary>Share of patches that are exposed up to one stop longer or shorter before they are degraded, for denoising and deblocking.</summary>
    public double ExposedShare { get; init; }

    /// <summary>Share of patches compressed to JPEG quality 5 to 30 instead of 5 to 95.</summary>
    public double CoarseJpegShare { get; init; }

    /// <summary>How often masks of patches are points, beside 3 for free-form strokes, 3 for regions, 1 for borders and 1 for scratches.</summary>
    public double PointMaskWeight { get; init; } = 2;

    /// <summary>Weight of missing pixels, beside 1 for known ones, in losses over pixels; 6 where <see langword="null"/>, as in Liu et al. 2018, arXiv:1804.07723, equation 7.</summary>
    public double? MissingWeight { get; init; }

    /// <summary>What the weight of missing pixels is multiplied by for each pixel of distance from the nearest known one.</summary>
    public double MissingDecay { get; init; } = 1;

    /// <summary>Strength of the held-out pictures' degradation: sigma, JPEG quality or stops.</summary>
    public double? ValidationStrength { get; init; }

    [JsonIgnore]
    public string Folder { get; init; } = string.Empty;

    [JsonIgnore]
    public string Output { get; init; } = string.Empty;

    /// <summary>Where training runs; no part of a recipe, which is the same everywhere.</summary>
    [JsonIgnore]
    public string Device { get; init; } = "cpu";

    [JsonIgnore]
    public int? Threads { get; init; }

    [JsonIgnore]
    public bool Resume { get; init; }

    /// <summary>Whether to measure a few steps and tell what the run will take, instead of running it.</summary>
    [JsonIgnore]
    public bool DryRun { get; init; }

    [JsonIgnore]
    public string Checkpoint => Output + ".checkpoint";

    /// <summary>The command line in words that a shell understands, to write it down.</summary>
    [JsonIgnore]
    public string Command { get; init; } = string.Empty;

    [JsonIgnore]
    public ComputePrecision ComputePrecision => Precision switch
    {
        "bf16" => ComputePrecision.BFloat16,
        "fp32" => ComputePrecision.Float32,
        "fp16" => ComputePrecision.Float16,
        _ => throw new FormatException($"The precision is '{Precision}'; it must be bf16, fp32 or fp16."),
    };

    [JsonIgnore]
    public ImmutableArray<PatchSize> PatchSizes
        => [.. Patches.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry =>
        {
            string[] parts = entry.Split(':');
            return parts.Length == 1
                ? new PatchSize(0, int.Parse(parts[0], CultureInfo.InvariantCulture))
                : new PatchSize(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        })];

    /// <summary>Reads a recipe.</summary>
    public static TrainingSettings Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingSettings>(File.ReadAllText(path), _json) ?? throw new FormatException($"'{path}' holds nothing.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"'{path}' is no recipe: {e.Message}", e);
        }
    }

    /// <summary>Writes the recipe.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _json);

    /// <summary>A file beside the model.</summary>
    public string Beside(string extension) => Path.ChangeExtension(Output, extension);

    public static ImmutableArray<int> ParseNumbers(string text)
        => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
}
