using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;

namespace ImageRestoration.Quality.Tasks;

/// <summary>A shorter exposure with the noise of a sensor, simulated.</summary>
internal sealed class BrightenCase : DegradationCase
{
    private readonly long _seed;
    private readonly LowLight _lowLight;

    public BrightenCase(double stops, long seed)
    {
        _seed = seed;
        _lowLight = new LowLight(new() { MinimumExposure = stops, MaximumExposure = stops });
        Name = string.Create(CultureInfo.InvariantCulture, $"stops {stops}");
    }

    public override string Name { get; }

    public static IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
        => options.Stops.Count > 0 ? [.. options.Stops.Select(stops => new BrightenCase(stops, options.Seed))] : [new BrightenPairsCase(), new BrightenPairsCase { Longer = 0.75 }, new BrightenPairsCase { MatchesExposure = true }];

    public override ImageTensor Degrade(ImageTensor original, string fileName)
    {
        ImageTensor dark = original.Clone();
        _lowLight.Apply(dark, CaseRandom.Create(_seed, Name, fileName));
        return dark;
    }
}
