using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace DrawGallery;

/// <summary>
/// Wide holes in one picture: twelve rows of holes, what a network fills them with, the same with texture, and the photograph. They are not
/// chosen: each of four photographs has three kinds of holes, drawn with the numbers of its row.
/// </summary>
internal static class HoleSheet
{
    /// <summary>The file, seen from the folder of the page.</summary>
    public const string File = "images/holes.jpg";

    private const int Gap = 4;

    /// <summary>Draws the picture; the caller disposes it.</summary>
    public static async Task<ImageTensor> DrawAsync()
    {
        using Photographs photographs = await Photographs.LoadAsync();
        IMaskStrategy[] strategies =
        [
            new FreeFormMaskStrategy(new FreeFormMaskOptions
            {
                MinimumBrushWidth = 0.06, MaximumBrushWidth = 0.12, MinimumShare = 0.1, MaximumShare = 0.2,
            }),
            new RegionMaskStrategy(new RegionMaskOptions { MinimumCount = 1, MaximumCount = 2, MinimumSize = 0.2, MaximumSize = 0.4 }),
            new RegionMaskStrategy(new RegionMaskOptions
            {
                Shapes = RegionShapes.Ellipse, MinimumCount = 3, MaximumCount = 4, MinimumSize = 0.15, MaximumSize = 0.3,
            }),
        ];
        using var network = new ManagedRestorer(PretrainedModels.InpaintColor.Load());
        using var textured = new TextureSynthesisRestorer(network, leaveOpen: true);
        ImageTensor[] pictures = [photographs.Mountain, photographs.Dogs, photographs.Seeds, photographs.Wine];
        (int height, int width) = (pictures[0].Height + Gap, pictures[0].Width + Gap);
        int rows = pictures.Length * strategies.Length;
        ImageTensor sheet = ImageTensor.Create(ImageShape.Single(3, (height * rows) - Gap, (width * 4) - Gap));
        sheet.Span.Fill(1);
        for (int row = 0; row < rows; row++)
        {
            ImageTensor photograph = pictures[row / strategies.Length];
            var random = new SeededRandom(GalleryPage.Seed + (ulong)row);
            Mask mask = strategies[row % strategies.Length].Create(photograph.Height, photograph.Width, random);
            var request = new RestorationRequest(photograph, mask);
            using ImageTensor holes = MaskColor.Paint(photograph, mask);
            using RestorationResult smooth = await network.RestoreAsync(request);
            using RestorationResult rough = await textured.RestoreAsync(request);
            ImageTensor[] columns = [holes, smooth.Image, rough.Image, photograph];
            for (int column = 0; column < columns.Length; column++)
            {
                PictureParts.Paste(columns[column], sheet, row * height, column * width);
            }
        }

        return sheet;
    }
}
