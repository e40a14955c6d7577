using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Degradation;
using ImageRestoration.Masking;

namespace DrawGallery;

/// <summary>Every method that needs no model.</summary>
internal static class ClassicalSections
{
    private const string Chapter = "Classical methods";

    public static IEnumerable<GallerySection> Create(Photographs photographs)
    {
        yield return GallerySection.OfMasked(Chapter, "Inpainting of strokes", photographs.Mountain, new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumBrushWidth = 0.04, MaximumBrushWidth = 0.07 }), Inpainting());
        yield return GallerySection.OfMasked(Chapter, "Inpainting of scattered pixels", photographs.Dogs, new PointMaskStrategy(0.8), Inpainting());
        yield return GallerySection.OfDegraded(Chapter, "Denoising", photographs.Drum, new GaussianNoise(25),
        [
            new RestorerEntry("Non-local means", new NonLocalMeansRestorer()),
            new RestorerEntry("Non-local means, noise known", new NonLocalMeansRestorer(new NonLocalMeansOptions { Sigma = 25 })),
            new RestorerEntry("Total variation", new TotalVariationRestorer()),
            new RestorerEntry("Total variation, noise known", new TotalVariationRestorer(new TotalVariationOptions { Sigma = 25 })),
        ]);
        yield return GallerySection.OfDegraded(Chapter, "Brightening", photographs.Wine, new LowLight(new LowLightOptions { MinimumExposure = -3, MaximumExposure = -3 }),
        [
            new RestorerEntry("Gamma", new GammaRestorer()),
            new RestorerEntry("Gamma, chosen", new GammaRestorer(new GammaOptions { Gamma = 0.6 })),
            new RestorerEntry("Automatic exposure", new AutoExposureRestorer()),
            new RestorerEntry("CLAHE", new ClaheRestorer()),
            new RestorerEntry("CLAHE, stronger", new ClaheRestorer(new ClaheOptions { ClipLimit = 6, TileRows = 4, TileColumns = 6 })),
        ]);
    }

    private static IReadOnlyList<GalleryEntry> Inpainting() =>
    [
        new RestorerEntry("Nearest", new NearestRestorer()),
        new RestorerEntry("Harmonic", new HarmonicRestorer()),
        new RestorerEntry("Linear", new LinearRestorer()),
        new RestorerEntry("Biharmonic", new BiharmonicRestorer()),
        new RestorerEntry("Telea", new TeleaRestorer()),
        new RestorerEntry("PatchMatch", new PatchMatchRestorer()),
    ];
}
