namespace ImageRestoration.Networks;

/// <summary>The rule for networks that start from a picture: the first input is the picture; a second one, if any, is the mask.</summary>
public static class PictureNetwork
{
    /// <summary>Whether a network from a picture takes a mask beside it.</summary>
    /// <param name="network">The network.</param>
    /// <returns><see langword="true"/> where it has a second input, of one channel and the picture's size.</returns>
    /// <exception cref="TensorShapeException">The network takes something else.</exception>
    public static bool TakesMask(this Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Inputs.Length == 1)
        {
            return false;
        }

        NetworkInput second = network.Inputs[1];
        return network.Inputs.Length == 2 && second.Channels == 1 && second.Scale == network.Inputs[0].Scale
            ? true
            : throw new TensorShapeException($"Network '{network.Name}' takes {string.Join(", ", network.Inputs.Select(i => $"'{i.Name}' ({i.Channels} channels)"))}. Networks from pictures take a picture, and as second input a mask of one channel and the same size where they fill in missing pixels.");
    }
}
