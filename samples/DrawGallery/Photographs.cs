using ImageRestoration.Imaging;

namespace DrawGallery;

/// <summary>Small cuttings of the bundled photographs; see samples/photos/README.md.</summary>
internal sealed class Photographs : IDisposable
{
    private const int Width = 240;
    private const int Height = 160;

    private Photographs(ImageTensor mountain, ImageTensor dogs, ImageTensor seeds, ImageTensor wine, ImageTensor drum)
    {
        Mountain = mountain;
        Dogs = dogs;
        Seeds = seeds;
        Wine = wine;
        Drum = drum;
    }

    public ImageTensor Mountain { get; }

    public ImageTensor Dogs { get; }

    public ImageTensor Seeds { get; }

    public ImageTensor Wine { get; }

    public ImageTensor Drum { get; }

    public static async Task<Photographs> LoadAsync() => new(
        await LoadAsync("picosdeeuropa_by_aitzol_berasategi.jpg", top: 40, left: 110, width: 1170),
        await LoadAsync("friends_by_aitzol_berasategi.jpg", top: 290, left: 6, width: 840),
        await LoadAsync("seeding_by_clements_engelhardt.jpg", top: 10, left: 60, width: 1050),
        await LoadAsync("wine_by_jakkub_mede.jpg", top: 130, left: 134, width: 720),
        await LoadAsync("wine_by_jakkub_mede.jpg", top: 560, left: 0, width: 690));

    public void Dispose()
    {
        Mountain.Dispose();
        Dogs.Dispose();
        Seeds.Dispose();
        Wine.Dispose();
        Drum.Dispose();
    }

    private static async Task<ImageTensor> LoadAsync(string file, int top, int left, int width)
    {
        using ImageTensor cutting = await PictureParts.CutAsync(file, top, left, width * Height / Width, width);
        ImageTensor small = Resampling.Resize(cutting, Height, Width);
        small.Clamp();
        return small;
    }
}
