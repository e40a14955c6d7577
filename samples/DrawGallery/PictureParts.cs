using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;

namespace DrawGallery;

/// <summary>Parts of the bundled photographs, and sheets of several pictures.</summary>
internal static class PictureParts
{
    /// <summary>Cuts a part out of a bundled photograph, at its full size; the caller disposes it.</summary>
    public static async Task<ImageTensor> CutAsync(string file, int top, int left, int height, int width)
    {
        using ImageTensor photograph = await ImageFile.LoadAsync(Path.Combine(AppContext.BaseDirectory, "photos", file));
        ImageTensor cutting = ImageTensor.CreateUninitialized(photograph.Shape with { Height = height, Width = width });
        for (int channel = 0; channel < cutting.Channels; channel++)
        {
            for (int row = 0; row < height; row++)
            {
                photograph.Row(0, channel, top + row).Slice(left, width).CopyTo(cutting.Row(0, channel, row));
            }
        }

        return cutting;
    }

    /// <summary>Puts a picture onto a sheet.</summary>
    public static void Paste(ImageTensor picture, ImageTensor sheet, int top, int left)
    {
        for (int channel = 0; channel < sheet.Channels; channel++)
        {
            for (int y = 0; y < picture.Height; y++)
            {
                picture.Row(0, channel, y).CopyTo(sheet.Row(0, channel, top + y)[left..]);
            }
        }
    }
}
