using System.Collections.Immutable;
using ImageRestoration.IO;

namespace ImageRestoration.Networks;

/// <content>Weights that come from PyTorch and go back: state dicts in bare safetensors files, without a network definition.</content>
public sealed partial class NetworkWeights
{
    /// <summary>Loads a PyTorch state dict for a declared network from a file of <c>safetensors.torch.save_file</c>.</summary>
    /// <remarks>
    /// A network that names its layers as the PyTorch model names its modules takes a state dict as it is. Shapes may differ by extents of
    /// 1, so that scales kept as 1×C×1×1 and linear layers kept as 1×1 convolutions fit.
    /// </remarks>
    /// <param name="path">Path of the file.</param>
    /// <param name="network">The network.</param>
    /// <param name="rename">Gives the network's name for one in the file, or <see langword="null"/> to leave a tensor out.</param>
    /// <param name="limits">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>Weights for exactly the network's parameters.</returns>
    /// <exception cref="ModelFormatException">
    /// The file is damaged or over a limit, or its tensors are not the network's parameters: all that are missing, unexpected or of another
    /// shape are named.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static NetworkWeights LoadStateDict(
        string path, Network network, Func<string, string?>? rename = null, ModelLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return LoadStateDict(stream, network, rename, limits);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"State dict '{path}': {e.Message}", e);
        }
    }

    /// <summary>Loads a PyTorch state dict for a declared network from a stream, up to its end.</summary>
    /// <param name="stream">A readable stream with the contents of a safetensors file.</param>
    /// <param name="network">The network.</param>
    /// <param name="rename">Gives the network's name for one in the file, or <see langword="null"/> to leave a tensor out.</param>
    /// <param name="limits">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>Weights for exactly the network's parameters.</returns>
    /// <exception cref="ModelFormatException">Contents are damaged or over a limit, or the tensors are not the network's.</exception>
    public static NetworkWeights LoadStateDict(
        Stream stream, Network network, Func<string, string?>? rename = null, ModelLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var expected = network.Parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        var missing = expected.Keys.ToHashSet(StringComparer.Ordinal);
        List<string> unexpected = [], differentShape = [], twice = [];
        foreach ((string given, WeightTensor tensor) in SafeTensorsFile.Read(stream, limits).Tensors)
        {
            if ((rename is null ? given : rename(given)) is not { } name)
            {
                continue;
            }

            string shown = given == name ? name : $"{name} (in the file {given})";
            if (!expected.TryGetValue(name, out ParameterSpec? parameter))
            {
                unexpected.Add(shown);
            }
            else if (!missing.Remove(name))
            {
                twice.Add(shown);
            }
            else if (!WithoutOnes(tensor.Shape).SequenceEqual(WithoutOnes(parameter.Shape)))
            {
                differentShape.Add($"{shown} [{string.Join(", ", tensor.Shape)}] instead of [{string.Join(", ", parameter.Shape)}]");
            }
            else
            {
                tensors.Add(name, tensor.Reshaped(parameter.Shape));
            }
        }

        if (tensors.Count < expected.Count || unexpected.Count + twice.Count > 0)
        {
            throw NetworkErrors.OtherParameters(
                network, List([.. missing.Order(StringComparer.Ordinal)]), List(unexpected), List(differentShape), List(twice));
        }

        var weights = new NetworkWeights(tensors);
        weights.ThrowIfNotFor(network);
        return weights;
    }

    /// <summary>
    /// Saves the weights as a PyTorch state dict, a safetensors file without a network definition for <c>safetensors.torch.load_file</c>
    /// and <c>module.load_state_dict</c>. It appears complete under its name or not at all.
    /// </summary>
    /// <remarks>To keep the network beside its weights, save a <see cref="Model"/>.</remarks>
    /// <param name="path">Path of the file; an existing one is replaced.</param>
    /// <param name="precision">How values are stored.</param>
    /// <param name="rename">Gives the name in the file for a parameter's name; names stay as they are where omitted.</param>
    /// <exception cref="ArgumentException">Two parameters would have one name.</exception>
    public void SaveStateDict(string path, WeightPrecision precision = WeightPrecision.Float32, Func<string, string>? rename = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => SaveStateDict(stream, precision, rename));
    }

    /// <summary>Writes the weights as a PyTorch state dict, in the safetensors format.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="precision">How values are stored.</param>
    /// <param name="rename">Gives the name in the file for a parameter's name; names stay as they are where omitted.</param>
    /// <exception cref="ArgumentException">Two parameters would have one name.</exception>
    public void SaveStateDict(Stream stream, WeightPrecision precision = WeightPrecision.Float32, Func<string, string>? rename = null)
    {
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach ((string name, WeightTensor tensor) in _tensors)
        {
            string written = rename is null ? name : rename(name);
            if (!tensors.TryAdd(written, tensor))
            {
                throw NetworkErrors.SameName(written, name, nameof(rename));
            }
        }

        // What PyTorch's own writer notes.
        new SafeTensorsFile(tensors, ImmutableDictionary.CreateRange([KeyValuePair.Create("format", "pt")])).Write(stream, precision);
    }

    private static IEnumerable<int> WithoutOnes(ImmutableArray<int> shape) => shape.Where(extent => extent != 1);
}
