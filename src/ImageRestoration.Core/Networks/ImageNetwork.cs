namespace ImageRestoration.Networks;

/// <summary>The rule for networks that start from a picture: first the picture, then the mask, if any; conditions follow.</summary>
public static class ImageNetwork
{
    /// <summary>Whether a network from a picture takes a mask beside it. Conditions are not looked at.</summary>
    /// <param name="network">The network.</param>
    /// <returns><see langword="true"/> where it has a second input, of one channel and the picture's size.</returns>
    /// <exception cref="TensorShapeException">The network takes something else.</exception>
    public static bool TakesMask(this Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkInput[] inputs = [.. network.Inputs.Where(i => !i.IsCondition)];
        if (inputs.Length == 1)
        {
            return false;
        }

        return inputs.Length == 2 && inputs[1].Channels == 1 && inputs[1].Scale == inputs[0].Scale
            ? true
            : throw NetworkErrors.NotFromPicture(network);
    }

    /// <summary>Throws where a network takes a condition, such as a class, which a restorer has no value for.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="TensorShapeException">The network takes a condition.</exception>
    public static void ThrowIfConditional(this Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Inputs.Any(i => i.IsCondition))
        {
            throw NetworkErrors.Conditional(network);
        }
    }
}
