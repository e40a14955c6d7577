using System.Globalization;
using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Restorers;

/// <summary>The classical methods by name, with their parameters behind colons.</summary>
internal static class ClassicalMethods
{
    public const string Usage = "nearest, linear, harmonic, biharmonic, telea[:RADIUS], patchmatch[:SEED], non-local-means[:SIGMA[:STRENGTH:PATCH:SEARCH]], "
        + "total-variation[:SIGMA], total-variation-weight:WEIGHT, clahe[:CLIP[:ROWS:COLUMNS]], gamma[:GAMMA] (SIGMA and GAMMA may be auto)";

    private static readonly string[] Names =
        ["nearest", "linear", "harmonic", "biharmonic", "telea", "patchmatch", "non-local-means", "total-variation", "total-variation-weight", "clahe", "gamma", "auto-exposure"];

    /// <summary>Makes a method; null where the text does not begin with the name of one.</summary>
    /// <exception cref="QualityException">The parameters are wrong.</exception>
    public static ClassicalMethod? Find(string text)
    {
        string[] parts = text.Split(':');
        if (!Names.Contains(parts[0]))
        {
            return null;
        }

        try
        {
            return new ClassicalMethod(Parse(parts));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new QualityException($"'{text}' has wrong parameters: {e.Message} The methods are {Usage}.", e);
        }
    }

    private static Func<int, IRestorer> Parse(string[] parts)
    {
        switch (parts)
        {
            case ["nearest"]:
                return channels => new NearestRestorer(channels);
            case ["linear"]:
                return channels => new LinearRestorer(channels);
            case ["auto-exposure"]:
                return channels => new AutoExposureRestorer(channels);
            case ["harmonic"]:
                return channels => new HarmonicRestorer(channels);
            case ["biharmonic"]:
                return channels => new BiharmonicRestorer(channels);
            case ["telea", .. { Length: <= 1 } rest]:
                TeleaOptions telea = rest is [string radius] ? new() { Radius = Whole(radius) } : new();
                return channels => new TeleaRestorer(telea, channels);
            case ["patchmatch", .. { Length: <= 1 } rest]:
                PatchMatchOptions patchMatch = rest is [string seed] ? new() { Seed = Whole(seed) } : new();
                return channels => new PatchMatchRestorer(patchMatch, channels);
            case ["non-local-means", string sigma, string strength, string patch, string search]:
                NonLocalMeansOptions full = new() { Sigma = OrAuto(sigma), Strength = Number(strength), PatchSize = Whole(patch), SearchRadius = Whole(search) };
                return channels => new NonLocalMeansRestorer(full, channels);
            case ["non-local-means", .. { Length: <= 1 } rest]:
                NonLocalMeansOptions means = rest is [string known] ? new() { Sigma = OrAuto(known) } : new();
                return channels => new NonLocalMeansRestorer(means, channels);
            case ["total-variation", .. { Length: <= 1 } rest]:
                TotalVariationOptions variation = rest is [string noise] ? new() { Sigma = OrAuto(noise) } : new();
                return channels => new TotalVariationRestorer(variation, channels);
            case ["total-variation-weight", string weight]:
                TotalVariationOptions weighted = new() { Weight = Number(weight) };
                return channels => new TotalVariationRestorer(weighted, channels);
            case ["clahe", string clip, string rows, string columns]:
                ClaheOptions tiles = new() { ClipLimit = Number(clip), TileRows = Whole(rows), TileColumns = Whole(columns) };
                return channels => new ClaheRestorer(tiles, channels);
            case ["clahe", .. { Length: <= 1 } rest]:
                ClaheOptions clahe = rest is [string limit] ? new() { ClipLimit = Number(limit) } : new();
                return channels => new ClaheRestorer(clahe, channels);
            case ["gamma", .. { Length: <= 1 } rest]:
                GammaOptions gamma = rest is [string exponent] ? new() { Gamma = OrAuto(exponent) } : new();
                return channels => new GammaRestorer(gamma, channels);
            default:
                throw new FormatException($"'{parts[0]}' does not take {parts.Length - 1} of them.");
        }
    }

    private static double? OrAuto(string text) => text == "auto" ? null : Number(text);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
