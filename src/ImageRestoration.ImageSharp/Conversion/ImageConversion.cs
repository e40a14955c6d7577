using ImageRestoration.Imaging;
using SixLabors.ImageSharp;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Converts between ImageSharp's images and image tensors: NCHW, float32, RGB or grey, [0, 1], in the image's own encoding.
/// </summary>
/// <remarks>Pure functions of their arguments; safe from several threads as long as nobody writes to the same image or tensor.</remarks>
public static class ImageConversion
{
    /// <summary>
    /// Copies an image into a tensor. L8, L16, La16 and La32 become one channel; Rgb24, Bgr24, Rgb48, Rgba32, Bgra32 and Rgba64 become
    /// three, in the order red, green, blue. A sample of 8 bits n becomes n/255, one of 16 bits n/65535.
    /// </summary>
    /// <param name="image">The image; it stays the caller's.</param>
    /// <returns>Shape 1 × channels × height × width, values in [0, 1]; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">
    /// The image has transparent pixels, several frames or a pixel type that would lose values.
    /// </exception>
    public static ImageTensor ToImageTensor(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfAnimated(image);
        ImageTensor tensor = ImageTensor.CreateUninitialized(ImageShape.Single(PixelReader.ChannelsOf(image), image.Height, image.Width));
        return Fill(tensor, [image]);
    }

    /// <summary>Copies an image into a tensor and its alpha into another one; otherwise as <see cref="ToImageTensor(Image)"/>.</summary>
    /// <param name="image">The image; it stays the caller's.</param>
    /// <param name="alpha">
    /// Shape 1 × 1 × height × width, 0 = transparent, 1 = opaque, or <see langword="null"/> where every pixel is opaque; the caller
    /// disposes it.
    /// </param>
    /// <returns>Shape 1 × channels × height × width, values in [0, 1], not multiplied by alpha; the caller disposes it.</returns>
    /// <exception cref="ImageFileException">The image has several frames or a pixel type that would lose values.</exception>
    public static ImageTensor ToImageTensor(this Image image, out ImageTensor? alpha)
    {
        ArgumentNullException.ThrowIfNull(image);
        ThrowIfAnimated(image);
        return PixelReader.Read(image.Frames.RootFrame, image.Bounds(), out alpha);
    }

    /// <summary>Copies images of one size into one tensor. Grey images beside colour images become grey RGB.</summary>
    /// <param name="images">At least one image; they stay the caller's.</param>
    /// <returns>Shape images × channels × height × width, values in [0, 1]; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The images differ in size.</exception>
    /// <exception cref="ImageFileException">
    /// An image has transparent pixels, several frames or a pixel type that would lose values.
    /// </exception>
    public static ImageTensor ToImageTensor(this IReadOnlyList<Image> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
        {
            throw new ArgumentException("The list holds no image. Pass at least one.", nameof(images));
        }

        int channels = 1;
        for (int i = 0; i < images.Count; i++)
        {
            ThrowIfAnimated(images[i]);
            channels = Math.Max(channels, PixelReader.ChannelsOf(images[i]));
            if (images[i].Width != images[0].Width || images[i].Height != images[0].Height)
            {
                throw new TensorShapeException(Invariant($"Image {i} is {images[i].Width}×{images[i].Height} pixels large, ")
                    + Invariant($"image 0 is {images[0].Width}×{images[0].Height}. ")
                    + "The images of a batch have one size: crop them, or convert them one by one.");
            }
        }

        ImageTensor tensor = ImageTensor.CreateUninitialized(new ImageShape(images.Count, channels, images[0].Height, images[0].Width));
        return Fill(tensor, images);
    }

    /// <summary>
    /// Copies one picture of a tensor into an image. Values are limited to [0, 1] and rounded to the nearest sample, ties to the even one
    /// as <see cref="Quantization.RoundTo8Bit"/> does.
    /// </summary>
    /// <param name="tensor">Pictures of 1 or 3 channels (grey or RGB), NCHW, nominal range [0, 1].</param>
    /// <param name="index">Which picture, from 0.</param>
    /// <param name="bitsPerChannel">
    /// 8 for <c>Image&lt;L8&gt;</c> or <c>Image&lt;Rgb24&gt;</c>, 16 for <c>Image&lt;L16&gt;</c> or <c>Image&lt;Rgb48&gt;</c>.
    /// </param>
    /// <returns>The image; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The tensor has neither 1 nor 3 channels.</exception>
    /// <exception cref="ImageFileException">The picture holds a value that is not a number.</exception>
    public static Image ToImage(this ImageTensor tensor, int index = 0, int bitsPerChannel = 8)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if ((uint)index >= (uint)tensor.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, Invariant($"The tensor holds {tensor.Batch} picture(s), numbered from 0."));
        }

        ThrowIfUnfit(tensor, bitsPerChannel);
        return PixelWriter.Write(tensor, index, alpha: null, bitsPerChannel);
    }

    /// <summary>Copies a picture and its alpha into an image; otherwise as <see cref="ToImage(ImageTensor, int, int)"/>.</summary>
    /// <param name="tensor">One picture of 1 or 3 channels (grey or RGB), NCHW, nominal range [0, 1], not multiplied by alpha.</param>
    /// <param name="alpha">One picture of 1 channel and the same size: 0 = transparent, 1 = opaque.</param>
    /// <param name="bitsPerChannel">
    /// 8 for <c>Image&lt;La16&gt;</c> or <c>Image&lt;Rgba32&gt;</c>, 16 for <c>Image&lt;La32&gt;</c> or <c>Image&lt;Rgba64&gt;</c>.
    /// </param>
    /// <returns>The image; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The shapes are others.</exception>
    /// <exception cref="ImageFileException">The picture holds a value that is not a number.</exception>
    public static Image ToImage(this ImageTensor tensor, ImageTensor alpha, int bitsPerChannel = 8)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(alpha);
        ThrowIfUnfit(tensor, bitsPerChannel);
        if (alpha.Shape != tensor.Shape with { Batch = 1, Channels = 1 } || tensor.Batch != 1)
        {
            throw new TensorShapeException($"The picture is {tensor.Shape} and its alpha {alpha.Shape} (batch×channels×height×width). "
                + "Give one picture and an alpha of one channel that is as large.");
        }

        return PixelWriter.Write(tensor, index: 0, alpha, bitsPerChannel);
    }

    private static void ThrowIfUnfit(ImageTensor tensor, int bitsPerChannel)
    {
        if (bitsPerChannel is not (8 or 16))
        {
            throw new ArgumentOutOfRangeException(nameof(bitsPerChannel), bitsPerChannel, "A channel has 8 or 16 bits.");
        }

        if (tensor.Channels is not (1 or 3))
        {
            throw new TensorShapeException(
                Invariant($"The tensor has {tensor.Channels} channels; an image is made of 1 (grey) or 3 (RGB). ")
                + "Pick the channels that make up a picture.");
        }
    }

    private static void ThrowIfAnimated(Image image)
    {
        if (image.Frames.Count > 1)
        {
            throw new ImageFileException($"The image has {image.Frames.Count} frames; a tensor takes one and the others would be lost. "
                + "Export the frames with image.Frames.ExportFrame and convert them one by one.");
        }
    }

    private static ImageTensor Fill(ImageTensor tensor, IReadOnlyList<Image> images)
    {
        try
        {
            for (int i = 0; i < images.Count; i++)
            {
                PixelReader.Read(images[i], tensor, i);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }
}
