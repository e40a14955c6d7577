namespace ImageRestoration.Networks;

/// <content>Starting from the weights of another network.</content>
public sealed partial class NetworkWeights
{
    private const int MostNames = 10;

    /// <summary>
    /// Takes the values of another network's parameters wherever names, without their prefixes, and shapes are the same, and keeps all
    /// others: the start for training a network whose parts another task has trained before.
    /// </summary>
    /// <remarks>
    /// <para>Masked pre-training needs no clean pairs and no labels. An autoencoder learns to fill in patches hidden by
    /// <c>PatchMaskStrategy</c> in the user's own pictures, with a loss on the missing pixels alone; then its encoder starts another
    /// network: <c>fresh.TransferFrom(pretrained.Weights, "encoder.", "encoder.")</c>. He et al. 2022 ("Masked Autoencoders Are Scalable
    /// Vision Learners", arXiv:2111.06377) hide 75 % in patches of 16 pixels, Xie et al. 2022 (SimMIM, arXiv:2111.09886, section 3) 60 % in
    /// patches of 32, compare only hidden pixels and let convolutional encoders see the whole picture with its gaps, as here.</para>
    /// <para>To take several parts from several networks, transfer one after the other.</para>
    /// </remarks>
    /// <param name="source">Weights of the other network.</param>
    /// <param name="sourcePrefix">Prefix of the names to take, with its dot, such as <c>encoder.</c>; empty for all.</param>
    /// <param name="targetPrefix">Prefix of these weights' names that stands for <paramref name="sourcePrefix"/>.</param>
    /// <param name="fitChannels">
    /// Whether kernels are taken too that differ in the pictures' channels alone. Inputs that the source does not have, such as a mask, get
    /// zeros, so that the network begins by not seeing them; grey in place of colours gets the sum of the kernels on the way in and the
    /// mean on the way out, so that a grey network begins as the colour network on three equal planes.
    /// </param>
    /// <returns>The new weights, with the names of all parameters that were taken and that were not.</returns>
    /// <exception cref="ModelFormatException">No parameter matches: nothing would be taken.</exception>
    public WeightTransfer TransferFrom(NetworkWeights source, string sourcePrefix = "", string targetPrefix = "", bool fitChannels = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sourcePrefix);
        ArgumentNullException.ThrowIfNull(targetPrefix);
        var tensors = new Dictionary<string, WeightTensor>(_tensors, StringComparer.Ordinal);
        var unused = source.Names.Where(name => name.StartsWith(sourcePrefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        List<string> taken = [], differentShape = [], missing = [];
        IEnumerable<string> targets = _tensors.Keys.Where(name => name.StartsWith(targetPrefix, StringComparison.Ordinal));
        foreach (string name in targets.Order(StringComparer.Ordinal))
        {
            string counterpart = sourcePrefix + name[targetPrefix.Length..];
            if (!unused.Remove(counterpart))
            {
                missing.Add(name);
            }
            else if (source[counterpart].Shape.SequenceEqual(_tensors[name].Shape))
            {
                tensors[name] = source[counterpart];
                taken.Add(name);
            }
            else if (fitChannels && ChannelFit.TryFit(source[counterpart], _tensors[name].Shape) is { } fitted)
            {
                tensors[name] = fitted;
                taken.Add(name);
            }
            else
            {
                differentShape.Add(name);
            }
        }

        string[] left = [.. unused.Order(StringComparer.Ordinal)];
        if (taken.Count == 0)
        {
            string different = differentShape.Count > 0 ? $" (of another shape in the source: {List(differentShape)})" : string.Empty;
            throw NetworkErrors.NothingTaken(targetPrefix, List([.. missing, .. differentShape]), different, sourcePrefix, List(left));
        }

        return new WeightTransfer(new NetworkWeights(tensors), [.. taken], [.. differentShape], [.. missing], [.. left]);
    }

    /// <summary>Names for messages, the first of them where there are many.</summary>
    internal static string List(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => "none",
        <= MostNames => string.Join(", ", names),
        _ => Invariant($"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more"),
    };
}
