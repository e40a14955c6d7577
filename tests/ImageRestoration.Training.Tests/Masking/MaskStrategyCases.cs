using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

/// <summary>Every kind of strategy, by name, for what all of them promise.</summary>
public static class MaskStrategyCases
{
    private static readonly FixedMaskStrategy Tile = new(new RegionMaskStrategy().Create(16, 24, new SeededRandom(5)));

    /// <summary>
    /// Strategies with the least and the largest share that they may miss, and what rounding to whole pixels may add to it for a number of rows
    /// and columns.
    /// </summary>
    private static readonly Dictionary<string, (IMaskStrategy Strategy, double Least, double Most, Func<double, double, double> Slack)> All = new(StringComparer.Ordinal)
    {
        ["border"] = (new BorderMaskStrategy(), 0.2344, 0.4375, PerSide),
        ["border of fixed width"] = (Border(BorderSides.Left | BorderSides.Bottom, 0.3, 0.3), 0.51, 0.51, PerSide),
        ["border that meets"] = (Border(BorderSides.Top | BorderSides.Bottom, 0.4, 0.7), 0.8, 1, PerSide),
        ["border in pixels"] = (Border(BorderSides.All, 3, 20, BorderWidthUnit.Pixels), 0, 1, PerSide),
        ["no border"] = (Border(BorderSides.All, 0, 0, BorderWidthUnit.Pixels), 0, 0, PerSide),
        ["points"] = (new PointMaskStrategy(0.1, 0.9), 0.1, 0.9, PerPixel),
        ["half of the points"] = (new PointMaskStrategy(0.5), 0.5, 0.5, PerPixel),
        ["patches"] = (new PatchMaskStrategy(16, 0.75), 0.75, 0.75, PerPatch),
        ["any patches"] = (new PatchMaskStrategy(7, 0.2, 0.6), 0.2, 0.6, PerPatch),
        ["regions"] = (new RegionMaskStrategy(), 0.0123, 0.5625, PerRegion),
        ["one rectangle"] = (Region(RegionShapes.Rectangle, 0.5, 0.6), 0.25, 0.36, PerRegion),
        ["one ellipse"] = (Region(RegionShapes.Ellipse, 0.9, 1), 0.6362, 0.7854, PerRegion),
        ["scratches"] = (new ScratchMaskStrategy(), 0, 0.1422, PerScratch),
        ["straight lines"] = (new ScratchMaskStrategy(new ScratchMaskOptions { Wavering = 0, MinimumLength = 2, MaximumLength = 2 }), 0, 0.2836, PerScratch),
        ["one wide scratch"] = (new ScratchMaskStrategy(new ScratchMaskOptions { MaximumCount = 1, MinimumCount = 1, MinimumWidth = 0.1, MaximumWidth = 0.1 }), 0, 0.1493, PerScratch),
        ["free form"] = (new FreeFormMaskStrategy(), 0, 1, PerPixel),
        ["free form of a share"] = (new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.1, MaximumShare = 0.4 }), 0.1, 0.4, PerPixel),
        ["fixed"] = (Tile, 0.1302, 0.1302, PerTile),
        ["choice"] = (new RandomChoiceMaskStrategy((new PointMaskStrategy(0.4), 3), (Border(BorderSides.Top, 0.2, 0.3), 1)), 0.2, 0.4, PerSide),
        ["union"] = (new PointMaskStrategy(0.4).Union(Region(RegionShapes.Rectangle, 0.2, 0.3)), 0.4, 0.49, PerRegion),
        ["intersection"] = (new PointMaskStrategy(0.8).Intersect(Border(BorderSides.All, 0.25, 0.25)), 0.55, 0.75, PerSide),
        ["inversion"] = (new PatchMaskStrategy(8, 0.75).Invert(), 0.25, 0.25, PerPatch),
        ["dilation"] = (new PointMaskStrategy(0.01, 0.02).Dilate(2.5), 0.01, 1, PerPixel),
        ["erosion"] = (new RegionMaskStrategy().Erode(4), 0, 0.5625, PerRegion),
        ["part of a larger one"] = (new RegionMaskStrategy().Crop(64, 80), 0, 1, PerRegion),
        ["everything"] = (new PointMaskStrategy(1).Erode(3), 1, 1, PerPixel),
        ["nothing"] = (new PointMaskStrategy(0).Dilate(3), 0, 0, PerPixel),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static IEnumerable<IMaskStrategy> Strategies => All.Values.Select(found => found.Strategy);

    public static IMaskStrategy Get(string name) => All[name].Strategy;

    public static (double Least, double Most) Share(string name) => (All[name].Least, All[name].Most);

    public static double Slack(string name, int height, int width) => All[name].Slack(height, width);

    private static double PerPixel(double height, double width) => 1 / (height * width);

    private static double PerSide(double height, double width) => (1 / height) + (1 / width);

    private static double PerPatch(double height, double width) => (16 * (height + width + 32)) / (height * width);

    private static double PerTile(double height, double width) => 24 * (height + width) / (height * width);

    private static double PerRegion(double height, double width) => 2 * (height + width) / (height * width);

    /// <summary>One more pixel across the whole length of ten scratches.</summary>
    private static double PerScratch(double height, double width) => 10 * 2 * (height + width) / (height * width);

    private static BorderMaskStrategy Border(BorderSides sides, double minimum, double maximum, BorderWidthUnit unit = BorderWidthUnit.Share)
        => new(new BorderMaskOptions { Sides = sides, MinimumWidth = minimum, MaximumWidth = maximum, Unit = unit });

    private static RegionMaskStrategy Region(RegionShapes shapes, double minimum, double maximum)
        => new(new RegionMaskOptions { Shapes = shapes, MinimumCount = 1, MaximumCount = 1, MinimumSize = minimum, MaximumSize = maximum });
}
