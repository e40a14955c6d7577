using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;

namespace RestorationDemo;

/// <summary>Makes photographs worse, restores them and scores both.</summary>
internal sealed class Demo(DemoOptions options) : IDisposable
{
    private const int CuttingWidth = 640;
    private const int CuttingHeight = 480;

    // Full colour resolution: the usual halving would smooth the noise that the report is about.
    private static readonly JpegEncoder _reportEncoder = new() { Quality = 88, ColorType = JpegColorType.YCbCrRatio444 };

    public IReadOnlyList<DemoStage> Stages { get; } = DemoStage.Open(options);

    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (DemoStage stage in Stages)
        {
            await stage.WarmUpAsync(cancellationToken);
        }
    }

    public async Task<DemoPicture> RunAsync(int index, CancellationToken cancellationToken)
    {
        Photograph photograph = Photograph.Bundled[index];
        using ImageTensor original = await ImageFile.LoadAsync(photograph.Path, cancellationToken);
        var results = new List<DemoResult>();
        foreach (DemoStage stage in Stages)
        {
            results.Add(await RunAsync(stage, index, original, cancellationToken));
        }

        using ImageTensor cutting = Cut(original);
        return new DemoPicture(photograph, results)
        {
            Width = original.Width,
            Height = original.Height,
            CuttingWidth = cutting.Width,
            CuttingHeight = cutting.Height,
            OriginalJpeg = await EncodeAsync(original, cancellationToken),
        };
    }

    public void Dispose()
    {
        foreach (DemoStage stage in Stages)
        {
            stage.Dispose();
        }
    }

    private static Score Compare(ImageTensor original, ImageTensor image, Mask? mask)
        => mask is null
            ? new(Psnr.Compute(original, image), Ssim.Compute(original, image))
            : new(Psnr.Compute(original, image, mask), Ssim.Compute(original, image, mask));

    private static async Task<byte[]> EncodeAsync(ImageTensor tensor, CancellationToken cancellationToken)
    {
        using ImageTensor cutting = Cut(tensor);
        using Image image = cutting.ToImage();
        using var stream = new MemoryStream();
        await image.SaveAsJpegAsync(stream, _reportEncoder, cancellationToken);
        return stream.ToArray();
    }

    /// <summary>The middle of a picture.</summary>
    private static ImageTensor Cut(ImageTensor image)
    {
        int height = Math.Min(CuttingHeight, image.Height), width = Math.Min(CuttingWidth, image.Width);
        int top = (image.Height - height) / 2, left = (image.Width - width) / 2;
        ImageTensor cutting = ImageTensor.CreateUninitialized(ImageShape.Single(image.Channels, height, width));
        for (int channel = 0; channel < image.Channels; channel++)
        {
            for (int row = 0; row < height; row++)
            {
                image.Row(0, channel, top + row).Slice(left, width).CopyTo(cutting.Row(0, channel, row));
            }
        }

        return cutting;
    }

    private async Task<DemoResult> RunAsync(DemoStage stage, int index, ImageTensor original, CancellationToken cancellationToken)
    {
        DemoTask task = stage.Task;
        using ImageTensor worse = original.Clone();
        Mask? mask = task.Degrade(worse, SeededRandom.ForSample(options.Seed, (long)task.Task, index));

        // The network is given noise as it is. Files and scores hold what 8 bits can.
        using RestorationResult result = await stage.RestoreAsync(worse, mask, cancellationToken);
        Quantization.RoundTo8Bit(worse);
        Quantization.RoundTo8Bit(result.Image);

        string name = Photograph.Bundled[index].Name;
        await ImageFile.SaveAsync(worse, FileName(name, task.Before), cancellationToken);
        await ImageFile.SaveAsync(result.Image, FileName(name, task.After), cancellationToken);
        return new DemoResult(Photograph.Bundled[index], task)
        {
            Before = mask is null ? Compare(original, worse, mask: null) : null,
            After = Compare(original, result.Image, mask),
            Time = result.ComputeTime,
            Megapixels = original.Height * original.Width / 1e6,
            BeforeJpeg = await EncodeAsync(worse, cancellationToken),
            AfterJpeg = await EncodeAsync(result.Image, cancellationToken),
        };
    }

    private string FileName(string photograph, string what) => Path.Combine(options.Output, $"{photograph}-{what.ToLowerInvariant()}.png");
}
