using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.TorchSharp;

/// <summary>Why network, critic and data do not fit each other, and what to do about it.</summary>
internal static class ObjectiveErrors
{
    private const string MasksOption = $"{nameof(PatchSamplerOptions)}.{nameof(PatchSamplerOptions.Masks)}";

    internal static TrainingException MasksMissing(string network)
        => new($"Network '{network}' takes a mask and the sampler draws none. Set {MasksOption}.");

    internal static TrainingException MasksUnused(string network)
        => new($"The sampler draws masks, which network '{network}' does not take. Give the network a second input of one channel, "
            + $"or use {nameof(Degradation.PixelRemoval)} for missing pixels that it has to find itself.");

    internal static TrainingException MasksWithNoiseAlone()
        => new("Neighbor2Neighbor learns from noise and the sampler draws masks. Leave the masks out.");

    internal static TrainingException Channels(int channels, Network network)
        => new(Invariant($"The pictures have {channels} channel(s) and network '{network.Name}' takes {network.Inputs[0].Channels}. ")
            + "Read the pictures as RGB or grey to match.");

    /// <param name="network">The network.</param>
    /// <param name="size">Side of what the network sees.</param>
    /// <param name="patchSize">Side of the patches: the same, or more where they are halved.</param>
    internal static TrainingException SizeMultiple(Network network, int size, int patchSize)
    {
        string seen = size == patchSize ? string.Empty : Invariant($", of which the network sees {size}×{size},");
        return new TrainingException(Invariant($"Patches of {patchSize}×{patchSize}{seen} are no multiple of {network.SizeMultiple}, ")
            + $"which network '{network.Name}' needs. Choose another patch size.");
    }

    internal static TrainingException SizeChanged(string network, ImageShape output, ImageShape shape)
        => new(
            $"Network '{network}' makes {output} of a patch of {shape}; a restoration keeps the shape. Check its paddings and upsampling.");

    internal static TrainingException OddPatch(int size)
        => new(Invariant($"Patches of {size}×{size} cannot be halved. Choose an even patch size."));

    internal static ArgumentException NoCritic(Network network, string parameterName)
        => new(
            $"Network '{network.Name}' has inputs of {string.Join(", ", network.Inputs.Select(i => i.Channels))} channel(s) "
                + Invariant($"and a first output of {network.Outputs[0].Channels}. ")
                + "A critic takes a picture and possibly a mask of one channel, and its first output is a score of one channel.",
            parameterName);

    internal static TrainingException CriticChannels(int channels, Network critic)
        => new(Invariant($"The pictures have {channels} channel(s) and critic '{critic.Name}' takes {critic.Inputs[0].Channels}. ")
            + "Declare it for the pictures' channels.");

    internal static TrainingException CriticMasksMissing(string critic)
        => new($"Critic '{critic}' takes a mask and the sampler draws none. Set {MasksOption}, or declare the critic without one.");

    internal static TrainingException CriticFeaturesMissing(double weight, string critic)
        => new(Invariant($"{nameof(AdversarialObjective.FeatureMatchingWeight)} is {weight} and critic '{critic}' ")
            + "has no output beside its score. Give it outputs with features.");

    internal static TrainingException NoEncoder(string model)
        => new(
            $"Model '{model}' is one network; a variational autoencoder draws between encoder and decoder. Create the model from two "
                + "networks.");

    internal static TrainingException NotVariational(Network encoder)
    {
        string outputs = string.Join(", ", encoder.Outputs.Select(o => Invariant($"'{o.Name}' ({o.Channels} channels)")));
        return new TrainingException($"Encoder '{encoder.Name}' makes {outputs}. "
            + $"A variational one makes '{VariationalAutoencoder.LatentName}' "
            + $"and '{VariationalAutoencoder.LogVarianceName}' of the same shape; see {nameof(VariationalAutoencoder)}.");
    }

    internal static TrainingException Condition(string network, NetworkInput condition, int? classes)
        => new(Invariant($"Network '{network}' takes '{condition.Name}' of {condition.Channels} channels, and the sampler's pictures have ")
            + (classes is { } count ? Invariant($"{count} classes. ") : "no classes. ")
            + $"The only condition is '{VariationalAutoencoder.LabelName}', with a channel for each class of the pictures.");
}
