using System.Globalization;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Models.Tests;

/// <summary>However a black-and-white photograph is stored, its noise is removed as from a grey file.</summary>
public sealed class GreyFilesTests : IDisposable
{
    private const int Side = 224;
    private const double Sigma = 20;
    private static readonly float[] _white = [1, 1, 1], _sepia = [1, 0.86f, 0.66f];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");
    private readonly PhotoRestorer _photos = new(
        PretrainedModels.DenoiseColorFast.CreateRestorer(model => new ManagedRestorer(model)), new ImageSharpCodec());

    public void Dispose()
    {
        _photos.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("rgb.png", false)]
    [InlineData("palette.png", false)]
    [InlineData("rgb16.png", false)]
    [InlineData("rgb16.tiff", false)]
    [InlineData("lossless.webp", false)]
    [InlineData("q95.jpg", false)]
    [InlineData("q75.jpg", false)]
    [InlineData("q95.webp", false)]
    [InlineData("rgb.png", true)]
    [InlineData("rgb16.png", true)]
    [InlineData("q95.jpg", true)]
    [InlineData("q85.jpg", true)]
    [InlineData("q75.jpg", true)]
    public async Task RestoreAsync_GreyOrSepiaPhotographAsColour_IsAsGoodAsTheGreyFile(string kind, bool isSepia)
    {
        using ImageTensor truth = await LoadTruthAsync();
        float[] tint = isSepia ? _sepia : _white;
        double grey = await RestoreAsync(truth, GreyKindOf(kind), [1]);
        double color = await RestoreAsync(truth, kind, tint);

        // A darker channel has less of an error: the same share of it.
        double expected = grey - (10 * Math.Log10(tint.Average(t => t * t)));
        Assert.True(grey > 28, $"The grey file has {grey:F2} dB; its noise must be gone.");
        Assert.True(color > expected - 0.2, $"{kind} has {color:F2} dB; it must be within 0.2 dB of the grey file's {expected:F2}.");
    }

    /// <summary>The grey file that is compressed in the same way, if at all.</summary>
    private static string GreyKindOf(string kind)
        => kind.Contains("jpg", StringComparison.Ordinal) ? kind : kind == "q95.webp" ? "q95.jpg" : "grey.png";

    private static async Task<ImageTensor> LoadTruthAsync()
    {
        string file = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "photos"), "seeding*").Single();
        using ImageTensor photograph = await ImageFile.LoadAsync(file);
        ImageTensor truth = ImageTensor.CreateUninitialized(ImageShape.Single(1, Side, Side));
        for (int y = 0; y < Side; y++)
        {
            // Halved, so that the photograph's own noise and JPEG are as good as gone.
            ReadOnlySpan<float> upper = photograph.Row(0, 1, 200 + (2 * y)), lower = photograph.Row(0, 1, 201 + (2 * y));
            for (int x = 0; x < Side; x++)
            {
                int from = 300 + (2 * x);
                truth.Row(0, 0, y)[x] = 0.05f + (0.9f * (upper[from] + upper[from + 1] + lower[from] + lower[from + 1]) / 4);
            }
        }

        return truth;
    }

    /// <summary>Writes the noisy photograph, restores the file, and gives the result's PSNR.</summary>
    private async Task<double> RestoreAsync(ImageTensor truth, string kind, float[] tint)
    {
        using ImageTensor clean = Tinted(truth, tint);
        using ImageTensor tone = truth.Clone();
        new ImageRestoration.Degradation.GaussianNoise(Sigma).Apply(tone, new SeededRandom(4));
        using ImageTensor noisy = Tinted(tone, tint);
        string name = string.Create(CultureInfo.InvariantCulture, $"{tint.Length}-{kind}");
        string input = Path.Combine(_folder.FullName, name), output = Path.Combine(_folder.FullName, $"{name}.restored.png");
        await WriteAsync(noisy, kind, input);
        await _photos.RestoreAsync(input, output);
        using ImageTensor restored = await ImageFile.LoadAsync(output);
        using ImageTensor shaped = restored.Channels == clean.Channels ? restored.Clone() : Tinted(restored, _white);
        return Psnr.Compute(clean, shaped);
    }

    private static ImageTensor Tinted(ImageTensor tone, float[] tint)
    {
        ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(tint.Length, tone.Height, tone.Width));
        for (int c = 0; c < tint.Length; c++)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(tone.Plane(0, 0), tint[c], picture.Plane(0, c));
        }

        picture.Clamp();
        return picture;
    }

    private static async Task WriteAsync(ImageTensor picture, string kind, string path)
    {
        using Image image = (picture.Channels, kind.StartsWith("rgb16", StringComparison.Ordinal)) switch
        {
            (1, _) => ToImage(picture, v => new L8(To8(v[0]))),
            (_, true) => ToImage(picture, v => new Rgb48(To16(v[0]), To16(v[1]), To16(v[2]))),
            _ => ToImage(picture, v => new Rgb24(To8(v[0]), To8(v[1]), To8(v[2]))),
        };
        JpegColorType colors = picture.Channels == 1 ? JpegColorType.Luminance : JpegColorType.YCbCrRatio420;
        IImageEncoder encoder = kind switch
        {
            "grey.png" => new PngEncoder { ColorType = PngColorType.Grayscale },
            "rgb.png" => new PngEncoder { ColorType = PngColorType.Rgb },
            "palette.png" => new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit8 },
            "rgb16.png" => new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit16 },
            "rgb16.tiff" => new TiffEncoder(),
            "lossless.webp" => new WebpEncoder { FileFormat = WebpFileFormatType.Lossless },
            "q95.webp" => new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = 95 },
            "q95.jpg" => new JpegEncoder { Quality = 95, ColorType = colors },
            "q85.jpg" => new JpegEncoder { Quality = 85, ColorType = colors },
            _ => new JpegEncoder { Quality = 75, ColorType = colors },
        };
        await image.SaveAsync(path, encoder);
    }

    private static Image<TPixel> ToImage<TPixel>(ImageTensor picture, Func<float[], TPixel> convert)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var image = new Image<TPixel>(picture.Width, picture.Height);
        float[] values = new float[picture.Channels];
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            for (int c = 0; c < values.Length; c++)
            {
                values[c] = picture.Plane(0, c)[i];
            }

            image[i % picture.Width, i / picture.Width] = convert(values);
        }

        return image;
    }

    private static byte To8(float value) => (byte)MathF.Round(value * 255);

    private static ushort To16(float value) => (ushort)MathF.Round(value * 65535);
}
