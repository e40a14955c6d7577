using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.TrainAutoencoder;

/// <summary>A folder of small RGB pictures, all different, to train on.</summary>
internal static class PictureFolder
{
    public static async Task WriteAsync(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            using ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, 40, 48));
            for (int n = 0; n < picture.Span.Length; n++)
            {
                picture.Span[n] = 0.5f + (0.4f * MathF.Sin((0.05f * (i + 1) * n) + (0.3f * i)));
            }

            await ImageFile.SaveAsync(picture, Path.Combine(folder, $"{i}.png"));
        }
    }
}
