using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace DrawGallery;

/// <summary>Every way to draw a mask.</summary>
internal static class MaskSections
{
    private const string Chapter = "Masks";

    public static IEnumerable<GallerySection> Create(Photographs photographs)
    {
        ImageTensor image = photographs.Mountain;
        yield return GallerySection.Of(Chapter, "Strategies", image, Strategies());
        yield return GallerySection.Of(Chapter, "Masks from pictures", image, FromPictures(image));
        yield return GallerySection.Of(Chapter, "Combined masks", image, Combined());
        yield return GallerySection.Of(Chapter, "Soft edges and larger canvases", image, Edges(image));
    }

    private static IReadOnlyList<GalleryEntry> Strategies() =>
    [
        new MaskEntry("Border", new BorderMaskStrategy(new BorderMaskOptions { MinimumWidth = 0.05, MaximumWidth = 0.2 })),
        new MaskEntry("Border on one side", new BorderMaskStrategy(new BorderMaskOptions { Sides = BorderSides.Right, Unit = BorderWidthUnit.Pixels, MinimumWidth = 60, MaximumWidth = 60 })),
        new MaskEntry("Points", new PointMaskStrategy(0.5)),
        new MaskEntry("Regions", new RegionMaskStrategy(new RegionMaskOptions { MinimumCount = 4, MaximumCount = 6 })),
        new MaskEntry("Ellipses", new RegionMaskStrategy(new RegionMaskOptions { Shapes = RegionShapes.Ellipse, MinimumCount = 12, MaximumCount = 12, MaximumSize = 0.25 })),
        new MaskEntry("Free-form brush strokes", new FreeFormMaskStrategy()),
        new MaskEntry("Free-form, 40 to 50 percent", new FreeFormMaskStrategy(new FreeFormMaskOptions { MaximumStrokes = 20, MinimumShare = 0.4, MaximumShare = 0.5 })),
        new MaskEntry("Patches", new PatchMaskStrategy(patchSize: 16, share: 0.75)),
        new MaskEntry("Lines and scratches", new ScratchMaskStrategy(new ScratchMaskOptions { MinimumCount = 8, MaximumCount = 12, MaximumWidth = 0.02 })),
        new MaskEntry("Random choice", new RandomChoiceMaskStrategy((new PointMaskStrategy(0.8), 1), (new PatchMaskStrategy(20, 0.4), 3))),
    ];

    private static IReadOnlyList<GalleryEntry> FromPictures(ImageTensor image)
    {
        using ImageTensor alpha = new Mask(image.Height, image.Width) { [image.Height / 2, image.Width / 2] = true }.Feather(image.Height);
        return
        [
            new MaskEntry("Bright pixels", new FixedMaskStrategy(Mask.FromImage(image, threshold: 0.7f))),
            new MaskEntry("Transparent pixels", new FixedMaskStrategy(Mask.FromAlpha(alpha))),
            new MaskEntry("Colour key", new FixedMaskStrategy(Mask.FromColorKey(image, [0.3f, 0.45f, 0.7f], tolerance: 0.2f))),
        ];
    }

    private static IReadOnlyList<GalleryEntry> Combined() =>
    [
        new MaskEntry("Union", new RegionMaskStrategy().Union(new ScratchMaskStrategy())),
        new MaskEntry("Intersection", new FreeFormMaskStrategy().Intersect(new PointMaskStrategy(0.5))),
        new MaskEntry("Inversion", new FreeFormMaskStrategy().Invert()),
        new MaskEntry("Dilation", new PointMaskStrategy(0.01).Dilate(4)),
        new MaskEntry("Erosion", new PointMaskStrategy(0.99).Erode(2)),
        new MaskEntry("Part of a larger one", new ScratchMaskStrategy().Crop(1200, 1600)),
    ];

    private static IReadOnlyList<GalleryEntry> Edges(ImageTensor image)
    {
        Mask mask = new RegionMaskStrategy().Create(image.Height, image.Width, GallerySection.CreateRandom());
        return
        [
            new SoftMaskEntry("Feathering outwards", mask.Feather(20)),
            new SoftMaskEntry("Feathering inwards", mask.Erode(20).Feather(20)),
            new CanvasEntry("Outpainting", Outpainting.Enlarge(image, top: 10, bottom: 10, left: 60, right: 20)),
        ];
    }
}
