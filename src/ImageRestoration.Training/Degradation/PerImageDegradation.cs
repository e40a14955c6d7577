using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Base of degradations that treat the pictures of a batch one after another, each with parameters of its own.</summary>
/// <remarks>A batch therefore gets the same result as its pictures would one by one from the same random source.</remarks>
public abstract class PerImageDegradation : IDegradation
{
    /// <inheritdoc/>
    public void Apply(ImageTensor image, Random random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (image.Batch == 1)
        {
            ApplyToImage(image, random);
            return;
        }

        ImageShape shape = image.Shape with { Batch = 1 };
        int length = (int)shape.ElementCount;
        for (int b = 0; b < image.Batch; b++)
        {
            using ImageTensor picture = ImageTensor.Wrap(image.Memory.Slice(b * length, length), shape);
            ApplyToImage(picture, random);
        }
    }

    /// <summary>Degrades one picture in place.</summary>
    /// <param name="picture">One picture, 1×C×H×W, nominal range [0, 1]. It must not be disposed or kept.</param>
    /// <param name="random">Source of all randomness.</param>
    protected abstract void ApplyToImage(ImageTensor picture, Random random);
}
