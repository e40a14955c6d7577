using ImageRestoration.Imaging;
using ImageRestoration.Latents;

namespace ImageRestoration.Generation;

/// <summary>What generators and the ways between latents refuse, in words.</summary>
internal static class GenerationErrors
{
    internal static ArgumentException OtherLengths(int from, int to, int destination) => new(
        Invariant($"The vectors have {from} and {to} values and the destination {destination}; all three must be of one length."),
        nameof(to));

    internal static ArgumentOutOfRangeException UnknownPath(InterpolationPath path)
        => new(nameof(path), path, $"There is no path {path}. Use one of {string.Join(", ", Enum.GetNames<InterpolationPath>())}.");

    internal static TensorShapeException OtherTensors(HostLatent from, HostLatent to) => new(
        $"One latent has the tensors {string.Join(", ", from.Names)} and the other {string.Join(", ", to.Names)}. "
        + "Interpolate between latents of one encoder.");

    internal static TensorShapeException OtherShapes(string tensor, ImageShape first, ImageShape last) => new(
        $"Tensor '{tensor}' of the latents is {first} and {last}; both must be of one shape with a batch of 1. "
        + "Encode one picture each, of the same size.");

    internal static TensorShapeException NotOneLatent(LatentTensorSpec[] latents) => new(
        Invariant($"The decoder takes {latents.Length} latent tensors ({string.Join("; ", latents.AsEnumerable())}); ")
        + "pictures are generated from a single one. Use the decoder of a variational autoencoder.");
}
