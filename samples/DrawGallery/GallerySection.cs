using System.Runtime.CompilerServices;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace DrawGallery;

/// <summary>Entries that are drawn of one picture.</summary>
internal sealed class GallerySection : IDisposable
{
    private GallerySection(string chapter, string title, ImageTensor picture, Mask? mask, string pictureCode, IReadOnlyList<GalleryEntry> entries)
    {
        Chapter = chapter;
        Title = title;
        Picture = picture;
        Mask = mask;
        PictureCode = pictureCode;
        Entries = entries;
    }

    public string Chapter { get; }

    public string Title { get; }

    /// <summary>What the entries start from.</summary>
    public ImageTensor Picture { get; }

    /// <summary>What is missing in the picture, for methods that inpaint it.</summary>
    public Mask? Mask { get; }

    /// <summary>The code that made the picture of a photograph; empty for the photograph itself.</summary>
    public string PictureCode { get; }

    public IReadOnlyList<GalleryEntry> Entries { get; }

    /// <summary>The file of <see cref="DrawPicture"/>, seen from the page.</summary>
    public string File => $"{GalleryPage.PictureFolder}/{Slug(Title)}.jpg";

    /// <summary>A section about a photograph as it is.</summary>
    public static GallerySection Of(string chapter, string title, ImageTensor photograph, IReadOnlyList<GalleryEntry> entries)
        => new(chapter, title, photograph.Clone(), null, "", entries);

    /// <summary>A section about a degraded photograph.</summary>
    public static GallerySection OfDegraded(string chapter, string title, ImageTensor photograph, IDegradation degradation, IReadOnlyList<GalleryEntry> entries, [CallerArgumentExpression(nameof(degradation))] string code = "")
    {
        ImageTensor degraded = photograph.Clone();
        degradation.Apply(degraded, CreateRandom());
        return new(chapter, title, degraded, null, code, entries);
    }

    /// <summary>A section about a photograph with missing pixels.</summary>
    public static GallerySection OfMasked(string chapter, string title, ImageTensor photograph, IMaskStrategy strategy, IReadOnlyList<GalleryEntry> entries, [CallerArgumentExpression(nameof(strategy))] string code = "")
        => new(chapter, title, photograph.Clone(), strategy.Create(photograph.Height, photograph.Width, CreateRandom()), code, entries);

    /// <summary>The file of an entry, seen from the page.</summary>
    public string FileOf(GalleryEntry entry) => $"{GalleryPage.PictureFolder}/{Slug(Title)}-{Slug(entry.Name)}.jpg";

    /// <summary>Draws what the entries start from; the caller disposes it.</summary>
    public ImageTensor DrawPicture() => Mask is null ? Picture.Clone() : MaskColor.Paint(Picture, Mask);

    /// <summary>The same numbers for every entry.</summary>
    public static SeededRandom CreateRandom() => new(GalleryPage.Seed);

    public void Dispose()
    {
        Picture.Dispose();
        foreach (GalleryEntry entry in Entries)
        {
            (entry as RestorerEntry)?.Restorer.Dispose();
        }
    }

    private static string Slug(string name)
        => string.Join('-', new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
