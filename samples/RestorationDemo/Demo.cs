using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Metrics;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;

namespace RestorationDemo;

/// <summary>Makes a photograph noisy, restores it and scores both.</summary>
internal sealed class Demo : IDisposable
{
    private const int WarmUpSize = 128;

    // Full colour resolution: the usual halving would smooth the noise that the report is about.
    private static readonly JpegEncoder ReportEncoder = new() { Quality = 88, ColorType = JpegEncodingColor.YCbCrRatio444 };

    private readonly DemoOptions _options;
    private readonly IRestorer _restorer;

    public Demo(DemoOptions options)
    {
        _options = options;
        Model = File.Exists(options.Model) ? Model.Load(options.Model) : PretrainedModels.Find(options.Model).Load();
        _restorer = new ManagedRestorer(Model);
    }

    public Model Model { get; }

    public RestorerInfo Restorer => _restorer.Info;

    /// <summary>The first run of a session plans and allocates; the times shown are those of the runs that follow.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using ImageTensor black = ImageTensor.Create(ImageShape.Single(3, WarmUpSize, WarmUpSize));
        using RestorationResult result = await _restorer.RestoreAsync(new RestorationRequest(black), cancellationToken: cancellationToken);
    }

    public async Task<DemoResult> RunAsync(int index, CancellationToken cancellationToken)
    {
        Photograph photograph = Photograph.Bundled[index];
        using ImageTensor original = await ImageFile.LoadAsync(photograph.Path, cancellationToken);

        using ImageTensor noisy = original.Clone();
        new GaussianNoise(_options.Sigma).Apply(noisy, SeededRandom.ForSample(_options.Seed, 0, index));

        // The network is given the noise as it is. Files and scores hold what 8 bits can.
        using RestorationResult result = await _restorer.RestoreAsync(new RestorationRequest(noisy), cancellationToken: cancellationToken);
        Quantization.RoundTo8Bit(noisy);
        Quantization.RoundTo8Bit(result.Image);

        await ImageFile.SaveAsync(noisy, Path.Combine(_options.Output, $"{photograph.Name}-noisy.png"), cancellationToken);
        await ImageFile.SaveAsync(result.Image, Path.Combine(_options.Output, $"{photograph.Name}-restored.png"), cancellationToken);
        return new DemoResult(photograph, original.Width, original.Height)
        {
            Noisy = Compare(original, noisy),
            Restored = Compare(original, result.Image),
            Time = result.ComputeTime,
            OriginalJpeg = await File.ReadAllBytesAsync(photograph.Path, cancellationToken),
            NoisyJpeg = await EncodeAsync(noisy, cancellationToken),
            RestoredJpeg = await EncodeAsync(result.Image, cancellationToken),
        };
    }

    public void Dispose() => _restorer.Dispose();

    private static Score Compare(ImageTensor original, ImageTensor image) => new(Psnr.Compute(original, image), Ssim.Compute(original, image));

    private static async Task<byte[]> EncodeAsync(ImageTensor tensor, CancellationToken cancellationToken)
    {
        using Image image = tensor.ToImage();
        using var stream = new MemoryStream();
        await image.SaveAsJpegAsync(stream, ReportEncoder, cancellationToken);
        return stream.ToArray();
    }
}
