using System.Collections.Immutable;
using System.Text.Json;
using ImageRestoration.Masking;

namespace ImageRestoration.Networks;

/// <summary>A model's description as JSON.</summary>
internal static class ModelInfoSerializer
{
    private const string AutomaticExposure = "scene";
    private const string FormerExposure = "automatic";

    /// <summary>What files of earlier versions call inpainting.</summary>
    private const string FormerInpaint = "complete";

    internal static void Write(Utf8JsonWriter writer, ModelInfo info)
    {
        writer.WriteStartObject();
        writer.WriteString("name", info.Name);
        writer.WriteString("task", info.Task.ToString().ToLowerInvariant());
        writer.WriteString("description", info.Description);
        writer.WriteString("license", info.License);
        if (info.Fill != InitialFill.Zero)
        {
            writer.WriteString("fill", info.Fill.ToString().ToLowerInvariant());
        }

        if (info.NormalizesExposure)
        {
            writer.WriteString("exposure", AutomaticExposure);
        }

        writer.WriteStartObject("provenance");
        foreach ((string key, string value) in info.Provenance)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("scores");
        foreach ((string key, double value) in info.Scores)
        {
            writer.WriteNumber(key, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static ModelInfo Read(JsonElement json)
    {
        return new ModelInfo
        {
            Name = NetworkSerializer.Text(json, "name"),
            Task = ReadTask(NetworkSerializer.Text(json, "task")),
            Description = NetworkSerializer.Text(json, "description"),
            License = NetworkSerializer.Text(json, "license"),
            Fill = ReadFill(json),
            NormalizesExposure = ReadExposure(json),
            Provenance = ReadAll("provenance", value => value.GetString() ?? string.Empty),
            Scores = ReadAll("scores", value => value.GetDouble()),
        };

        ImmutableSortedDictionary<string, T> ReadAll<T>(string property, Func<JsonElement, T> read) => json.GetProperty(property)
            .EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => read(p.Value), StringComparer.Ordinal);
    }

    /// <summary>Reads a task; one that this version does not know is <see cref="RestorationTask.Other"/>.</summary>
    private static RestorationTask ReadTask(string task)
        => task == FormerInpaint ? RestorationTask.Inpaint
            : Enum.TryParse(task, ignoreCase: true, out RestorationTask parsed) && Enum.IsDefined(parsed) ? parsed
            : RestorationTask.Other;

    /// <summary>Reads whether a network sees pictures at a normalised exposure.</summary>
    /// <exception cref="FormatException">The description says something unknown.</exception>
    private static bool ReadExposure(JsonElement json)
    {
        if (!json.TryGetProperty("exposure", out JsonElement exposure))
        {
            return false;
        }

        return exposure.GetString() switch
        {
            AutomaticExposure => true,
            FormerExposure => throw new FormatException("the model was trained for the automatic exposure of version 0.1. Train it again."),
            _ => throw new FormatException($"'exposure' is '{exposure}', which this version does not know. Update ImageRestoration."),
        };
    }

    /// <summary>Reads what missing pixels hold when a network sees them.</summary>
    /// <exception cref="FormatException">The description says something unknown.</exception>
    private static InitialFill ReadFill(JsonElement json)
    {
        if (!json.TryGetProperty("fill", out JsonElement fill))
        {
            return InitialFill.Zero;
        }

        return Enum.TryParse(fill.GetString(), ignoreCase: true, out InitialFill parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw new FormatException($"'fill' is '{fill}', which this version does not know. Update ImageRestoration.");
    }
}
