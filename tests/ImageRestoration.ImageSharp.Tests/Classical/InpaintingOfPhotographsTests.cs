using ImageRestoration.Classical.Inpainting;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical;

/// <summary>The inpainting methods on real photographs: how close each comes to the truth, in decibels of the missing part.</summary>
public sealed class InpaintingOfPhotographsTests
{
    private const int Size = 160;

    [Fact]
    public async Task RestoreAsync_FourPixelsOfFiveMissing_SmoothMethodsBeatTheNearestPixel()
    {
        var mask = new Mask(Size, Size);
        var random = new SeededRandom(1);
        foreach (ref byte value in mask.Values)
        {
            value = random.NextDouble() < 0.8 ? (byte)1 : (byte)0;
        }

        double nearest = await ScoreAsync(() => new NearestRestorer(), mask);

        // Published comparisons give one to two decibels for natural pictures; half a decibel is what must be left.
        Assert.True(nearest > 15, $"Nearest pixel: {nearest:F2} dB, not above 15.");
        foreach (Func<InpaintingRestorer> create in new Func<InpaintingRestorer>[] { () => new LinearRestorer(), () => new HarmonicRestorer(), () => new BiharmonicRestorer(), () => new TeleaRestorer(), () => new PatchMatchRestorer() })
        {
            double score = await ScoreAsync(create, mask);
            Assert.True(score > nearest + 0.5, $"{create().Info.Name}: {score:F2} dB, not 0.5 above the nearest pixel's {nearest:F2}.");
        }
    }

    [Fact]
    public async Task RestoreAsync_Scratches_AreFilledByAllMethods()
    {
        var mask = new Mask(Size, Size);
        for (int i = 0; i < Size; i++)
        {
            for (int width = 0; width < 4; width++)
            {
                mask[i, Math.Min(Size - 1, (i / 2) + 30 + width)] = true;
                mask[60 + width, i] = true;
            }
        }

        double zero = await ScoreAsync(null, mask);
        foreach (Func<InpaintingRestorer> create in new Func<InpaintingRestorer>[] { () => new NearestRestorer(), () => new LinearRestorer(), () => new HarmonicRestorer(), () => new BiharmonicRestorer(), () => new TeleaRestorer(), () => new PatchMatchRestorer() })
        {
            double score = await ScoreAsync(create, mask);
            Assert.True(score > zero + 8, $"{create().Info.Name}: {score:F2} dB, not 8 above the {zero:F2} of black scratches.");
        }
    }

    /// <summary>Mean over the photographs' central parts; of the pictures with black in place of the missing pixels where there is no method.</summary>
    private static async Task<double> ScoreAsync(Func<InpaintingRestorer>? create, Mask mask)
    {
        double sum = 0;
        int count = 0;
        foreach (string path in TestPictures.Photographs)
        {
            using ImageTensor photograph = await ImageFile.LoadAsync(path);
            using ImageTensor truth = Crop(photograph);
            using ImageTensor damaged = truth.Clone();
            for (int i = 0; i < damaged.Span.Length; i++)
            {
                damaged.Span[i] = mask.Values[i % mask.Values.Length] == 0 ? damaged.Span[i] : 0;
            }

            if (create is null)
            {
                sum += Psnr.Compute(truth, damaged, mask);
            }
            else
            {
                using InpaintingRestorer restorer = create();
                using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(damaged, mask));
                sum += Psnr.Compute(truth, result.Image, mask);
            }

            count++;
        }

        return sum / count;
    }

    private static ImageTensor Crop(ImageTensor image)
    {
        ImageTensor crop = ImageTensor.CreateUninitialized(ImageShape.Single(image.Channels, Size, Size));
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < Size; y++)
            {
                image.Row(0, c, y + ((image.Height - Size) / 2)).Slice((image.Width - Size) / 2, Size).CopyTo(crop.Row(0, c, y));
            }
        }

        return crop;
    }
}
