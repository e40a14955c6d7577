using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

/// <summary>Every kind of strategy, by name, for what all of them promise.</summary>
public static class MaskStrategyCases
{
    private static readonly FixedMaskStrategy Tile = new(new RegionMaskStrategy().Create(16, 24, new SeededRandom(5)));

    /// <summary>Strategies with what rounding to whole pixels may add to a share, for a number of rows and columns.</summary>
    private static readonly Dictionary<string, (IMaskStrategy Strategy, Func<double, double, double> Slack)> All = new(StringComparer.Ordinal)
    {
        ["border"] = (new BorderMaskStrategy(), PerSide),
        ["border of fixed width"] = (Border(BorderSides.Left | BorderSides.Bottom, 0.3, 0.3), PerSide),
        ["border that meets"] = (Border(BorderSides.Top | BorderSides.Bottom, 0.4, 0.7), PerSide),
        ["border in pixels"] = (Border(BorderSides.All, 3, 20, BorderWidthUnit.Pixels), PerSide),
        ["no border"] = (Border(BorderSides.All, 0, 0, BorderWidthUnit.Pixels), PerSide),
        ["points"] = (new PointMaskStrategy(0.1, 0.9), PerPixel),
        ["half of the points"] = (new PointMaskStrategy(0.5), PerPixel),
        ["patches"] = (new PatchMaskStrategy(16, 0.75), PerPatch),
        ["any patches"] = (new PatchMaskStrategy(7, 0.2, 0.6), PerPatch),
        ["regions"] = (new RegionMaskStrategy(), PerRegion),
        ["one rectangle"] = (Region(RegionShapes.Rectangle, 0.5, 0.6), PerRegion),
        ["one ellipse"] = (Region(RegionShapes.Ellipse, 0.9, 1), PerRegion),
        ["scratches"] = (new ScratchMaskStrategy(), PerScratch),
        ["straight lines"] = (new ScratchMaskStrategy(new ScratchMaskOptions { Wavering = 0, MinimumLength = 2, MaximumLength = 2 }), PerScratch),
        ["one wide scratch"] = (new ScratchMaskStrategy(new ScratchMaskOptions { MaximumCount = 1, MinimumCount = 1, MinimumWidth = 0.1, MaximumWidth = 0.1 }), PerScratch),
        ["free form"] = (new FreeFormMaskStrategy(), PerPixel),
        ["free form of a share"] = (new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.1, MaximumShare = 0.4 }), PerPixel),
        ["fixed"] = (Tile, PerTile),
        ["choice"] = (new RandomChoiceMaskStrategy((new PointMaskStrategy(0.4), 3), (Border(BorderSides.Top, 0.2, 0.3), 1)), PerSide),
        ["union"] = (new PointMaskStrategy(0.4).Union(Region(RegionShapes.Rectangle, 0.2, 0.3)), PerRegion),
        ["intersection"] = (new PointMaskStrategy(0.8).Intersect(Border(BorderSides.All, 0.25, 0.25)), PerSide),
        ["inversion"] = (new PatchMaskStrategy(8, 0.75).Invert(), PerPatch),
        ["dilation"] = (new PointMaskStrategy(0.01, 0.02).Dilate(2.5), PerPixel),
        ["erosion"] = (new RegionMaskStrategy().Erode(4), PerRegion),
        ["part of a larger one"] = (new RegionMaskStrategy().Crop(64, 80), PerRegion),
        ["everything"] = (new PointMaskStrategy(1).Erode(3), PerPixel),
        ["nothing"] = (new PointMaskStrategy(0).Dilate(3), PerPixel),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static IEnumerable<IMaskStrategy> Strategies => All.Values.Select(found => found.Strategy);

    public static IMaskStrategy Get(string name) => All[name].Strategy;

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
