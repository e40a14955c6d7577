using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Quality.Robustness;

/// <summary>The inputs, in the order of the table.</summary>
internal static class RobustnessInputs
{
    public const string NothingMissing = "photographs, nothing missing";
    public const string EverythingMissing = "photographs, everything missing";
    public const string Photographs = "photographs";
    public const string HalfSize = "photographs at half size";

    private const int LargestTiny = 7, LineSize = 96, RampHeight = 24;
    private const float Far = 1e6f;

    /// <summary>Makes the inputs.</summary>
    /// <param name="photographs">Files of clean photographs.</param>
    /// <param name="rampLength">Width of the ramp.</param>
    /// <param name="photographSize">Height and width that photographs are cropped to in their middle; none where null.</param>
    public static IReadOnlyList<RobustnessInput> Create(IReadOnlyList<string> photographs, int rampLength = 2048, int? photographSize = null)
    {
        Func<int, CancellationToken, Task<ImageTensor>>[] photos = [.. photographs.Select(file => (Func<int, CancellationToken, Task<ImageTensor>>)((channels, token) => LoadAsync(file, channels, photographSize, token)))];
        return
        [
            new(Photographs, photos) { IsForWholePictures = true },
            new(HalfSize, [.. photos.Select(load => (Func<int, CancellationToken, Task<ImageTensor>>)(async (channels, token) => Halve(await load(channels, token))))]) { IsForWholePictures = true },
            new(NothingMissing, photos) { IsForInpainting = true, CreateMask = (height, width) => new Mask(height, width) },
            new(EverythingMissing, photos) { IsForInpainting = true, IsClean = false, CreateMask = CreateFull },
            new("1×1 to 7×7 pixels", [.. from height in Enumerable.Range(1, LargestTiny) from width in Enumerable.Range(1, LargestTiny) select Formula(height, width, SyntheticPictures.Wave)]),
            new("black", [Formula(LineSize, LineSize, (_, _) => 0)]),
            new("white", [Formula(LineSize, LineSize, (_, _) => 1)]),
            new("lines of 1 pixel", [Formula(LineSize, LineSize, SyntheticPictures.Lines), Formula(LineSize, LineSize, (y, x) => 1 - SyntheticPictures.Lines(y, x))]) { IsPredictable = false },
            new("text", [Formula(LineSize, 2 * LineSize, SyntheticPictures.Text(1)), Formula(LineSize, 2 * LineSize, SyntheticPictures.Text(3))]) { IsPredictable = false },
            new("ramp of 16 bits", [Formula(RampHeight, rampLength, SyntheticPictures.Ramp(rampLength))]) { IsRamp = true },
            new("values from −2 to 3", [Formula(LineSize, LineSize, (y, x) => (5 * SyntheticPictures.Wave(y, x)) - 2)]) { IsClean = false },
            new("values of ±1,000,000", [Formula(LineSize, LineSize, (y, x) => Far * ((2 * SyntheticPictures.Wave(y, x)) - 1))]) { IsClean = false },
        ];
    }

    private static Func<int, CancellationToken, Task<ImageTensor>> Formula(int height, int width, Func<int, int, float> value)
        => (channels, _) => Task.FromResult(SyntheticPictures.Create(channels, height, width, value));

    private static async Task<ImageTensor> LoadAsync(string file, int channels, int? size, CancellationToken cancellationToken)
    {
        using ImageTensor photo = await ImageFile.LoadAsync(file, cancellationToken);
        int height = Math.Min(size ?? photo.Height, photo.Height), width = Math.Min(size ?? photo.Width, photo.Width);
        int top = (photo.Height - height) / 2, left = (photo.Width - width) / 2;

        // A model for grey pictures gets the green plane.
        return SyntheticPictures.Create(channels, height, width, (c, y, x) => photo.Row(0, channels == 1 ? photo.Channels / 2 : Math.Min(c, photo.Channels - 1), top + y)[left + x]);
    }

    private static ImageTensor Halve(ImageTensor photo)
    {
        using (photo)
        {
            ImageTensor half = Resampling.Resize(photo, Math.Max(photo.Height / 2, 1), Math.Max(photo.Width / 2, 1));
            Quantization.RoundTo8Bit(half);
            return half;
        }
    }

    private static Mask CreateFull(int height, int width)
    {
        var mask = new Mask(height, width);
        mask.Values.Fill(1);
        return mask;
    }
}
