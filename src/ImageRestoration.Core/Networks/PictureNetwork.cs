namespace ImageRestoration.Networks;

/// <summary>
/// The rule for networks that start from a picture: the first input is the picture; a second one, if any, is the mask; conditions follow.
/// </summary>
public static class PictureNetwork
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
            : throw new TensorShapeException($"Network '{network.Name}' takes {Describe(network)}. Networks from pictures take a picture, and as second input a mask of one channel and the same size where they fill in missing pixels.");
    }

    /// <summary>Throws where a network takes a condition, such as a class, which a restorer has no value for.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="TensorShapeException">The network takes a condition.</exception>
    public static void ThrowIfConditional(this Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Inputs.Any(i => i.IsCondition))
        {
            throw new TensorShapeException($"Network '{network.Name}' takes {Describe(network)}. A restorer has a picture and a mask alone; give conditions to encoder and decoder themselves, such as ImageGenerator does.");
        }
    }

    private static string Describe(Network network) => string.Join(", ", network.Inputs.Select(i => $"'{i.Name}' ({i.Channels} channels)"));
}
