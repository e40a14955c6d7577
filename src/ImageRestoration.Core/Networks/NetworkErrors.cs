using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>What networks, their analysis and their weights refuse, in words.</summary>
internal static class NetworkErrors
{
    private const string FewerStrides = "Use fewer or smaller strides and factors.";

    internal static InvalidOperationException NoEnds(string network, int inputs, int outputs) => new(
        Invariant($"Network '{network}' has {inputs} input(s) and {outputs} output(s). Declare at least one of each."));

    internal static ArgumentException TwoValues(string network, string name)
        => new($"Network '{network}' has two values called '{name}'. Give each input and layer a name of its own.", nameof(name));

    internal static InvalidOperationException TwoOutputs(Network network, NetworkOutput output) => new(
        $"Network '{network.Name}' has two outputs called '{output.Name}'. Give each output a name of its own.");

    internal static InvalidOperationException UnusedLayer(Network network, Layer layer) => new(
        $"Network '{network.Name}': no output depends on layer '{layer.Name}'. Use its result or leave the layer out.");

    internal static InvalidOperationException UnusedInput(Network network, NetworkInput input) => new(
        $"Network '{network.Name}': no output depends on input '{input.Name}'. Use it or leave it out.");

    internal static ArgumentException NoSuchInput(string network, Layer layer, string input) => new(
        $"Layer '{layer.Name}' takes '{input}', which no input or earlier layer of network '{network}' is called.", nameof(layer));

    internal static ArgumentException OtherBuilder(string parameterName, NetworkValue value, string remedy)
        => new($"Value '{value.Name}' belongs to another NetworkBuilder. {remedy}", parameterName);

    internal static ArgumentException WrongParts(NetworkValue value, int together, string sizes) => new(
        Invariant($"The parts have {together} channels together and '{value.Name}' has {value.Channels}. ")
        + "Name the size of every part.", sizes);

    internal static TensorShapeException NotKnown(NetworkValue known, NetworkValue value) => new(
        Invariant($"'{known.Name}' has {known.Channels} channels; what is known of '{value.Name}' is one channel for all."));

    internal static TensorShapeException NotFromPicture(Network network) => new(
        $"Network '{network.Name}' takes {Inputs(network)}. Networks from pictures take a picture, "
        + "and as second input a mask of one channel and the same size where they fill in missing pixels.");

    internal static TensorShapeException Conditional(Network network) => new(
        $"Network '{network.Name}' takes {Inputs(network)}. A restorer has a picture and a mask alone; "
        + "give conditions to encoder and decoder themselves, such as ImageGenerator does.");

    internal static TensorShapeException LatentNotMade(Network encoder, Network decoder, NetworkInput input) => new(
        $"Decoder '{decoder.Name}' takes a latent tensor '{input.Name}' that encoder '{encoder.Name}' does not make. "
        + $"It makes: {string.Join(", ", encoder.Outputs.Select(o => o.Name))}.");

    internal static TensorShapeException LatentDiffers(Network encoder, NetworkOutput output, Network decoder, NetworkInput input) => new(
        Invariant($"Latent tensor '{input.Name}': encoder '{encoder.Name}' makes {output.Channels} channels at {output.HeightScale} ")
        + $"of the image's height and {output.WidthScale} of its width; "
        + Invariant($"decoder '{decoder.Name}' takes {input.Channels} channels at {input.Scale}."));

    internal static TensorShapeException ConditionDiffers(Network encoder, Network decoder, NetworkInput condition) => new(
        Invariant($"Decoder '{decoder.Name}' takes '{condition.Name}' ({condition.Channels} channels at {condition.Scale}) ")
        + $"as a condition, and encoder '{encoder.Name}' has something else of that name. "
        + "Declare the same condition in both, or rename one.");

    internal static TensorShapeException MadeTwice(Network encoder, Network decoder, string name) => new(
        $"Encoder '{encoder.Name}' makes a tensor '{name}' that decoder '{decoder.Name}' does not take "
        + "but gives back one of the same name. Rename one of them.");

    internal static TensorShapeException LargeMultiple(long multiple, int most) => new(
        Invariant($"The strides multiply to {multiple}; pictures would have to be multiples of that. ")
        + Invariant($"Use fewer or smaller strides (at most {most} in all)."));

    internal static TensorShapeException LargeBlocks(Network network, int most) => new(
        $"Network '{network.Name}' takes pictures in multiples of {network.SizeMultiple} "
        + Invariant($"and enlarges those to more than {most} pixels. {FewerStrides}"));

    internal static TensorShapeException LongAnalysis(Network network, long phases, long steps, long most) => new(
        Invariant($"Network '{network.Name}' has {network.Layers.Length} layers and makes blocks of {phases} pixels along a side: ")
        + Invariant($"its receptive field would take {steps} steps to find, of which {most} are allowed. ")
        + "Use fewer layers, or smaller strides.");

    internal static TensorShapeException LargeScale(Layer layer, SpatialAxis axis, int most) => new(
        Invariant($"After layer '{layer.Name}' ({layer.Kind}) the {axis} is more than {most} times larger or smaller than the picture's. ")
        + FewerStrides);

    internal static TensorShapeException ScalesDiffer(
        Layer layer, SpatialAxis axis, string leading, AffineSize first, string name, AffineSize other) => new(
        $"Layer '{layer.Name}' ({layer.Kind}) combines values of different {axis}: "
        + Invariant($"'{leading}' is input × {first.Numerator}/{first.Denominator} + {first.Offset}, ")
        + Invariant($"'{name}' is input × {other.Numerator}/{other.Denominator} + {other.Offset}. ")
        + "Make the strides and paddings on both ways agree.");

    internal static TensorShapeException SizesDiffer(
        Network network, Layer layer, string leading, ImageShape first, string name, ImageShape other) => new(
        Invariant($"Layer '{layer.Name}' ({layer.Kind}) combines '{leading}' of {first.Height}×{first.Width} ")
        + Invariant($"with '{name}' of {other.Height}×{other.Width}. Pad the image to multiples of {network.SizeMultiple}."));

    internal static TensorShapeException LargeExtent(Layer layer, SpatialAxis axis, int extent, OverflowException e) => new(
        Invariant($"Layer '{layer.Name}' ({layer.Kind}) makes more than {int.MaxValue} pixels along {axis} of {extent}. ")
        + "Use a smaller picture.", e);

    internal static TensorShapeException NothingLeft(Network network, ImageShape image, Layer layer) => new(
        Invariant($"An image of {image.Height}×{image.Width} is too small for network '{network.Name}': ")
        + $"nothing is left after layer '{layer.Name}' ({layer.Kind}). Pad the image.");

    internal static TensorShapeException WrongChannels(Network network, int actual, int expected)
    {
        string remedy = (actual, expected) switch
        {
            (4, 3) => "Convert it to RGB, and treat alpha apart.",
            (1, 3) => "Repeat the grey plane three times, or use a network for grey images.",
            (3, 1) => "Convert it to grey, restore each plane apart, or use a network for RGB images.",
            _ => "Use an image with as many channels as the network takes.",
        };
        return new(Invariant($"The image has {actual} channel(s); network '{network.Name}' takes {expected}. {remedy}"));
    }

    internal static ModelFormatException NoWeights(string name)
        => new($"There are no weights called '{name}'. The weights belong to another network; "
            + "load the model file that the network came with.");

    internal static ModelFormatException OtherWeights(Network network, List<string> errors)
    {
        string more = errors.Count > 5 ? Invariant($" … and {errors.Count - 5} more.") : string.Empty;
        return new($"The weights do not fit network '{network.Name}': {string.Join(' ', errors.Take(5))}{more} "
            + "Load the model file that the network came with.");
    }

    internal static ModelFormatException OtherNetworks(string names) => new(
        $"The weights to average belong to different networks: {names} differ in shape or are not in both. "
        + "Average those of one network, trained from one start.");

    internal static ModelFormatException NothingTaken(
        string targetPrefix, string target, string differentShape, string sourcePrefix, string source) => new(
        $"No parameter matches, so that nothing would be transferred. With prefix '{targetPrefix}' there are {target}{differentShape}; "
        + $"in the source there are, with prefix '{sourcePrefix}', {source}. Give the prefixes that make the names the same.");

    internal static ModelFormatException OtherParameters(
        Network network, string missing, string unexpected, string differentShape, string twice) => new(
        $"The tensors are not the parameters of network '{network.Name}'. Missing: {missing}. Unexpected: {unexpected}. "
        + $"Of another shape: {differentShape}. Given twice: {twice}. "
        + "Name the network's layers as the PyTorch model names its modules, or give a function that renames.");

    internal static ArgumentException SameName(string written, string name, string rename)
        => new($"Two parameters would be called '{written}', one of them '{name}'. Give each a name of its own.", rename);

    private static string Inputs(Network network)
        => string.Join(", ", network.Inputs.Select(i => Invariant($"'{i.Name}' ({i.Channels} channels)")));
}
