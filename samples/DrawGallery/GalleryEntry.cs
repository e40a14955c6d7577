using System.Runtime.CompilerServices;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace DrawGallery;

/// <summary>One row of the gallery: a name, the code that makes what is shown, and the picture of it.</summary>
/// <remarks>The compiler writes down the code of the argument, so that the page cannot show anything else than what drew its picture.</remarks>
internal abstract record GalleryEntry(string Name, string Code)
{
    /// <summary>Draws the picture; the caller disposes it.</summary>
    public abstract Task<ImageTensor> DrawAsync(GallerySection section);
}

/// <summary>Shows which pixels a mask says are missing.</summary>
internal sealed record MaskEntry(string Name, IMaskStrategy Strategy, [CallerArgumentExpression(nameof(Strategy))] string Code = "")
    : GalleryEntry(Name, Code)
{
    public override Task<ImageTensor> DrawAsync(GallerySection section)
        => Task.FromResult(MaskColor.Paint(section.Picture, Strategy.Create(section.Picture.Height, section.Picture.Width, GallerySection.CreateRandom())));
}

/// <summary>Shows a mask with soft edges.</summary>
internal sealed record SoftMaskEntry(string Name, ImageTensor Weights, [CallerArgumentExpression(nameof(Weights))] string Code = "")
    : GalleryEntry(Name, Code)
{
    public override Task<ImageTensor> DrawAsync(GallerySection section) => Task.FromResult(MaskColor.Paint(section.Picture, Weights));
}

/// <summary>Shows a picture on a larger canvas.</summary>
internal sealed record CanvasEntry(string Name, (ImageTensor Image, Mask Mask) Canvas, [CallerArgumentExpression(nameof(Canvas))] string Code = "")
    : GalleryEntry(Name, Code)
{
    public override Task<ImageTensor> DrawAsync(GallerySection section) => Task.FromResult(MaskColor.Paint(Canvas.Image, Canvas.Mask));
}

/// <summary>Shows what a degradation makes of the section's picture.</summary>
internal sealed record DegradationEntry(string Name, IDegradation Degradation, [CallerArgumentExpression(nameof(Degradation))] string Code = "")
    : GalleryEntry(Name, Code)
{
    public override Task<ImageTensor> DrawAsync(GallerySection section)
    {
        ImageTensor degraded = section.Picture.Clone();
        Degradation.Apply(degraded, GallerySection.CreateRandom());
        return Task.FromResult(degraded);
    }
}

/// <summary>Shows what a method makes of the section's picture.</summary>
internal sealed record RestorerEntry(string Name, IRestorer Restorer, [CallerArgumentExpression(nameof(Restorer))] string Code = "")
    : GalleryEntry(Name, Code)
{
    public override async Task<ImageTensor> DrawAsync(GallerySection section)
    {
        using RestorationResult result = await Restorer.RestoreAsync(new RestorationRequest(section.Picture, section.Mask));
        return result.Image.Clone();
    }
}
