namespace DrawGallery;

/// <summary>Everything the page shows, in its order.</summary>
internal sealed class Gallery : IDisposable
{
    private readonly Photographs _photographs;

    private Gallery(Photographs photographs)
    {
        _photographs = photographs;
        Sections =
        [
            .. MaskSections.Create(photographs),
            .. DegradationSections.Create(photographs),
            .. ClassicalSections.Create(photographs),
            .. ModelSections.Create(photographs),
        ];
    }

    public IReadOnlyList<GallerySection> Sections { get; }

    public static async Task<Gallery> LoadAsync() => new(await Photographs.LoadAsync());

    public void Dispose()
    {
        foreach (GallerySection section in Sections)
        {
            section.Dispose();
        }

        _photographs.Dispose();
    }
}
