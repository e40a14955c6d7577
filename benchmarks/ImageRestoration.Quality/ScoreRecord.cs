using ImageRestoration.Networks;

namespace ImageRestoration.Quality;

/// <summary>Writes measured scores into a model file, so that the file says how good it is.</summary>
internal static class ScoreRecord
{
    /// <summary>More than tables show: what is rounded twice may be off by one in the last place.</summary>
    private const int Digits = 6;

    /// <summary>Throws unless scores can be written into what was given as restorer.</summary>
    public static void ThrowIfNoModelFile(string restorer)
    {
        if (!File.Exists(restorer) || !string.Equals(Path.GetExtension(restorer), ".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new QualityException($"--record writes into a model file, and '{restorer}' is none. Give the path of a .safetensors file as --restorer.");
        }
    }

    /// <summary>Adds or replaces the rows' scores. Weights stay as they are: float16 where float16 holds them exactly.</summary>
    public static void Write(string path, IEnumerable<EvaluationRow> rows)
    {
        Model model = Model.Load(path);
        var scores = model.Info.Scores.ToBuilder();
        foreach (EvaluationRow row in rows)
        {
            scores[KeyOf(row)] = Math.Round(row.Psnr, Digits);
        }

        WeightPrecision precision = model.Weights.Names.All(name => IsHalfExact(model.Weights[name])) ? WeightPrecision.Float16 : WeightPrecision.Float32;
        model.WithInfo(model.Info with { Scores = scores.ToImmutable() }).Save(path, precision);
    }

    /// <summary>What a row's score is called in model files.</summary>
    public static string KeyOf(EvaluationRow row) => $"{row.Images} {row.Case} PSNR";

    private static bool IsHalfExact(WeightTensor tensor)
    {
        foreach (float value in tensor.Values.Span)
        {
            if ((float)(Half)value != value)
            {
                return false;
            }
        }

        return true;
    }
}
