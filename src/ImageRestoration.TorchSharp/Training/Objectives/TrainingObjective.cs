using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// How a batch becomes gradients: what the network is given, what its outputs are compared with, and whether a second network learns
/// beside it. What is minimised in the comparison is <see cref="TrainerOptions.Loss"/>.
/// </summary>
public abstract class TrainingObjective
{
    private protected TrainingObjective()
    {
    }

    /// <summary>Name and settings in one line; a checkpoint is refused where it differs.</summary>
    public abstract string Description { get; }

    /// <summary>A network that learns beside the model and is given up after training; <see langword="null"/> for none.</summary>
    internal virtual Network? Critic => null;

    /// <summary>Optimiser and learning rate, relative to the model's, of <see cref="Critic"/>.</summary>
    internal virtual (OptimizerOptions Optimizer, double LearningRateFactor) CriticOptimizer => (new AdamWOptions(), 1);

    /// <inheritdoc/>
    public sealed override string ToString() => Description;

    /// <summary>Computes the loss of one batch and adds its gradients to those of the parameters.</summary>
    /// <returns>The model's loss, for reports.</returns>
    internal abstract double AddGradients(TrainingStep step);

    /// <summary>Throws where network and data do not fit, before anything runs.</summary>
    internal virtual void ThrowIfDataDoesNotFit(Model model, PatchSampler sampler)
    {
        model.Network.ThrowIfConditional();
        ThrowIfPicturesDoNotFit(model.Network, model.Network.TakesMask(), sampler);
    }

    /// <summary>Throws unless the network takes the sampler's pictures and masks and keeps their shape.</summary>
    private protected static void ThrowIfPicturesDoNotFit(Network network, bool takesMask, PatchSampler sampler)
    {
        if (takesMask != sampler.Options.Masks is not null)
        {
            throw takesMask
                ? ObjectiveErrors.MasksMissing(network.Name)
                : ObjectiveErrors.MasksUnused(network.Name);
        }

        if (sampler.Channels != network.Inputs[0].Channels)
        {
            throw ObjectiveErrors.Channels(sampler.Channels, network);
        }

        foreach (PatchSize patch in sampler.Options.PatchSizes)
        {
            ThrowIfSizeDoesNotFit(network, sampler.Channels, patch.Size, patch.Size);
        }
    }

    /// <summary>Throws unless the network keeps the shape of squares.</summary>
    private protected static void ThrowIfSizeDoesNotFit(Network network, int channels, int size, int patchSize)
    {
        if (size % network.SizeMultiple.Height != 0 || size % network.SizeMultiple.Width != 0)
        {
            throw ObjectiveErrors.SizeMultiple(network, size, patchSize);
        }

        var shape = new ImageShape(1, channels, size, size);
        if (network.InferShape(shape) is var output && output != shape)
        {
            throw ObjectiveErrors.SizeChanged(network.Name, output, shape);
        }
    }
}
