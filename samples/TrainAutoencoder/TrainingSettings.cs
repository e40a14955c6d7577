using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Name of the model.</summary>
    public string Name { get; init; } = "denoise-color";

    /// <summary>What the model learns: denoise, deblock, brighten or complete.</summary>
    public RestorationTask Task { get; init; } = RestorationTask.Denoise;

    /// <summary>Whether pictures are read as grey.</summary>
    public bool Grey { get; init; }

    /// <summary>Channels of the U-Net's levels.</summary>
    public ImmutableArray<int> Channels { get; init; } = [32, 64, 128, 256];

    public long Steps { get; init; } = 8_000;

    public int BatchSize { get; init; } = 16;

    /// <summary>Patch sizes by first step, such as <c>0:64,5000:96</c>.</summary>
    public string Patches { get; init; } = "0:64,5000:96";

    /// <summary>Crops among which each patch is drawn by detail; 1 for any crop.</summary>
    public int DetailCandidates { get; init; } = 1;

    public double LearningRate { get; init; } = 1e-3;

    public string Precision { get; init; } = "bf16";

    public long Seed { get; init; }

    public int ValidationCount { get; init; } = 8;

    public long ValidationInterval { get; init; } = 1_000;

    public long CheckpointInterval { get; init; } = 250;

    /// <summary>Strongest Gaussian noise, on the [0, 255] scale.</summary>
    public double MaximumSigma { get; init; } = 55;

    /// <summary>Share of patches with a sensor's noise (Poisson–Gaussian) instead of Gaussian noise.</summary>
    public double SensorNoiseShare { get; init; }

    /// <summary>Strength of the held-out pictures' degradation: sigma, JPEG quality or stops.</summary>
    public double? ValidationStrength { get; init; }

    [JsonIgnore]
    public string Folder { get; init; } = string.Empty;

    [JsonIgnore]
    public string Output { get; init; } = string.Empty;

    [JsonIgnore]
    public int? Threads { get; init; }

    [JsonIgnore]
    public bool Resume { get; init; }

    [JsonIgnore]
    public string Checkpoint => Output + ".checkpoint";

    [JsonIgnore]
    public ComputePrecision ComputePrecision => Precision switch
    {
        "bf16" => ComputePrecision.BFloat16,
        "fp32" => ComputePrecision.Float32,
        _ => throw new FormatException($"The precision is '{Precision}'; it must be bf16 or fp32."),
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

    public static ImmutableArray<int> ParseChannels(string text)
        => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
}
