using System.Globalization;
using ImageRestoration;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace RestorationDemo;

/// <summary>A way to make photographs worse, and the words for it.</summary>
/// <param name="Task">What restores them.</param>
/// <param name="Name">The task's name on the command line.</param>
/// <param name="Before">What the worse picture is.</param>
/// <param name="After">What the restored picture is.</param>
/// <param name="What">What is done to the photograph.</param>
/// <param name="Degrade">Makes one RGB picture in [0, 1] worse in place, and gives what is missing in it, or <see langword="null"/> where nothing is.</param>
internal sealed record DemoTask(RestorationTask Task, string Name, string Before, string After, string What, Func<ImageTensor, Random, Mask?> Degrade)
{
    /// <summary>All tasks, whether there are models for them or not.</summary>
    public static IReadOnlyList<DemoTask> CreateAll(DemoOptions options) =>
    [
        new(RestorationTask.Denoise, "denoise", "Noisy", "Denoised", Text($"Gaussian noise of sigma {options.Sigma}"), By(new GaussianNoise(options.Sigma))),
        new(RestorationTask.Deblock, "deblock", "Compressed", "Deblocked", Text($"JPEG compression of quality {options.Quality}, colours at half the resolution"), By(new JpegCompression(options.Quality))),
        new(RestorationTask.Inpaint, "inpaint", "Holes", "Completed", "Strokes of a thin brush over 10 to 20 % of the pixels", Without(new FreeFormMaskStrategy(new() { MinimumShare = 0.1, MaximumShare = 0.2, MinimumBrushWidth = 0.01, MaximumBrushWidth = 0.025 }))),
        new(RestorationTask.Brighten, "brighten", "Dark", "Brightened", Text($"Exposure of {options.Stops} stops, with a sensor's noise"), By(new LowLight(new() { MinimumExposure = options.Stops, MaximumExposure = options.Stops }))),
    ];

    private static Func<ImageTensor, Random, Mask?> By(IDegradation degradation) => (picture, random) =>
    {
        degradation.Apply(picture, random);
        return null;
    };

    private static Func<ImageTensor, Random, Mask?> Without(IMaskStrategy strategy) => (picture, random) =>
    {
        Mask mask = strategy.Create(picture.Height, picture.Width, random);
        MissingPixels.Fill(picture, mask, InitialFill.Zero);
        return mask;
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
