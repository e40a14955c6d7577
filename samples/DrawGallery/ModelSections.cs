using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;

namespace DrawGallery;

/// <summary>The bundled models, each on what it was trained for.</summary>
internal static class ModelSections
{
    private const string Chapter = "Models";

    public static IEnumerable<GallerySection> Create(Photographs photographs)
    {
        yield return GallerySection.OfDegraded(Chapter, "Noise removed", photographs.Drum, new GaussianNoise(35),
        [
            new RestorerEntry("denoise-color", new ManagedRestorer(PretrainedModels.DenoiseColor.Load())),
            new RestorerEntry("denoise-color-fast", new ManagedRestorer(PretrainedModels.DenoiseColorFast.Load())),
        ]);
        using ImageTensor grey = Luminance.FromRgb(photographs.Dogs);
        yield return GallerySection.OfDegraded(Chapter, "Noise removed from grey pictures", grey, new GaussianNoise(35),
        [
            new RestorerEntry("denoise-gray", new ManagedRestorer(PretrainedModels.DenoiseGray.Load())),
            new RestorerEntry("denoise-gray-fast", new ManagedRestorer(PretrainedModels.DenoiseGrayFast.Load())),
        ]);
        yield return GallerySection.OfDegraded(Chapter, "JPEG artefacts removed", photographs.Wine, new JpegCompression(15),
        [
            new RestorerEntry("deblock-color", new ManagedRestorer(PretrainedModels.DeblockColor.Load())),
            new RestorerEntry("deblock-color-fast", new ManagedRestorer(PretrainedModels.DeblockColorFast.Load())),
        ]);
        yield return GallerySection.OfMasked(Chapter, "Missing parts filled in", photographs.Mountain, new FreeFormMaskStrategy(),
        [
            new RestorerEntry("inpaint-color", new ManagedRestorer(PretrainedModels.InpaintColor.Load())),
            new RestorerEntry(
                "inpaint-color, texture added", new TextureSynthesisRestorer(new ManagedRestorer(PretrainedModels.InpaintColor.Load()))),
            new RestorerEntry("inpaint-color-fast", new ManagedRestorer(PretrainedModels.InpaintColorFast.Load())),
            new RestorerEntry("inpaint-color-sharp-fast", new ManagedRestorer(PretrainedModels.InpaintColorSharpFast.Load())),
        ]);
        yield return GallerySection.OfDegraded(Chapter, "Low light brightened", photographs.Wine, new LowLight(new LowLightOptions { MinimumExposure = -4, MaximumExposure = -4 }),
        [
            new RestorerEntry("brighten-color", new ManagedRestorer(PretrainedModels.BrightenColor.Load())),
            new RestorerEntry("brighten-color-fast", new ManagedRestorer(PretrainedModels.BrightenColorFast.Load())),
        ]);
    }
}
