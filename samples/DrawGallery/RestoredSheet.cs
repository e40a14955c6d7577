using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;

namespace DrawGallery;

/// <summary>
/// README's picture: files before and after README's three lines. A noisy JPEG with halved chroma, a noisy black-and-white scan in an RGB
/// PNG, and a phone's picture in bad light; parts of bundled photographs at their full size.
/// </summary>
internal static class RestoredSheet
{
    /// <summary>The file, seen from the folder of the page.</summary>
    public const string File = "images/restored.jpg";

    private const int Width = 400;
    private const int Height = 260;
    private const int Gap = 4;

    /// <summary>Draws the picture; the caller disposes it.</summary>
    public static async Task<ImageTensor> DrawAsync()
    {
        var phone = new SensorPipelineOptions
        {
            Noise = new SensorNoise(0.006, 0.006),
            Compression = new JpegCompression(85, ChromaSubsampling.Ratio420),
            BlurShare = 0,
        };
        (string Photograph, int Top, int Left, string File, IDegradation Degradation)[] rows =
        [
            ("friends_by_aitzol_berasategi.jpg", 330, 200, "noisy.jpg", new SequenceDegradation(new GaussianNoise(25), new BitDepthReduction(8))),
            ("wine_by_jakkub_mede.jpg", 200, 140, "scan.png", new SequenceDegradation(
                new ColorSaturation(0),
                new CorrelatedNoise(new() { MinimumSigma = 18, MaximumSigma = 18, MinimumChannelCorrelation = 1 }),
                new BitDepthReduction(8))),
            ("seeding_by_clements_engelhardt.jpg", 60, 140, "phone.jpg", new SensorPipeline(phone)),
        ];
        string folder = Directory.CreateTempSubdirectory("restored").FullName;
        try
        {
            using var photos = new PhotoRestorer(
                PretrainedModels.DenoiseColor.CreateRestorer(model => new ManagedRestorer(model)), new ImageSharpCodec());
            ImageTensor sheet = ImageTensor.Create(ImageShape.Single(3, (rows.Length * (Height + Gap)) - Gap, (2 * (Width + Gap)) - Gap));
            sheet.Span.Fill(1);
            for (int row = 0; row < rows.Length; row++)
            {
                string before = Path.Combine(folder, rows[row].File), after = Path.ChangeExtension(before, ".restored.png");
                using (ImageTensor picture = await PictureParts.CutAsync(rows[row].Photograph, rows[row].Top, rows[row].Left, Height, Width))
                {
                    rows[row].Degradation.Apply(picture, new SeededRandom(GalleryPage.Seed + (ulong)row));
                    await ImageFile.SaveAsync(picture, before, new ImageSaveOptions { JpegQuality = 85 });
                }

                await photos.RestoreAsync(before, after);
                await PasteAsync(before, sheet, row * (Height + Gap), 0);
                await PasteAsync(after, sheet, row * (Height + Gap), Width + Gap);
            }

            return sheet;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PasteAsync(string file, ImageTensor sheet, int top, int left)
    {
        using ImageTensor picture = await ImageFile.LoadAsync(file);
        PictureParts.Paste(picture, sheet, top, left);
    }
}
