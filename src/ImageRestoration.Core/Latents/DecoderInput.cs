using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>The checks that every decoder of a declared network makes before it runs.</summary>
public static class DecoderInput
{
    /// <summary>Throws unless a latent has the tensors that a decoder network takes; tells the shape of the picture it will make.</summary>
    /// <param name="decoder">The decoder network.</param>
    /// <param name="latent">The latent.</param>
    /// <returns>Shape of the decoder's first output.</returns>
    /// <exception cref="TensorShapeException">A tensor is missing, or its channels or size do not fit.</exception>
    public static ImageShape InferShape(this Network decoder, Latent latent)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(latent);
        NetworkInput first = decoder.Inputs[0];
        foreach (NetworkInput input in decoder.Inputs)
        {
            if (!latent.Names.Contains(input.Name, StringComparer.Ordinal))
            {
                throw LatentErrors.TensorMissing(decoder.Name, input.Name, latent);
            }
        }

        ImageShape firstShape = latent.ShapeOf(first.Name);
        if (firstShape.Channels != first.Channels)
        {
            throw LatentErrors.WrongTensorChannels(decoder.Name, first.Name, firstShape.Channels, first.Channels);
        }

        IReadOnlyDictionary<string, ImageShape> shapes = decoder.InferShapes(firstShape);
        foreach (NetworkInput input in decoder.Inputs)
        {
            if (latent.ShapeOf(input.Name) != shapes[input.Name])
            {
                throw LatentErrors.WrongTensor(
                    decoder.Name, input.Name, latent.ShapeOf(input.Name), shapes[input.Name], first.Name, firstShape);
            }
        }

        return shapes[decoder.Outputs[0].Value];
    }
}
