using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>What a training run will take: memory and arithmetic from its declaration alone, and time from a few real steps.</summary>
public sealed record TrainingEstimate
{
    private TrainingEstimate()
    {
    }

    /// <summary>Learnable values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long Steps { get; init; }

    /// <summary>Length of the whole run in epochs.</summary>
    public required double Epochs { get; init; }

    /// <summary>Patches in a step, of all its batches.</summary>
    public required int PatchesPerStep { get; init; }

    /// <summary>Side of the largest patches; memory and arithmetic are those of steps with these.</summary>
    public required int PatchSize { get; init; }

    /// <summary>
    /// Bytes of master weights, their averages, gradients and the optimiser's moments, all float32; those of a critic too.
    /// </summary>
    public required long StateBytes { get; init; }

    /// <summary>
    /// Upper bound of the bytes that the forward pass keeps for the backward pass of one batch: all values of the network, in the number
    /// types in which they are computed and with the copies that changes of type make. What kernels need while they work comes on top.
    /// </summary>
    public required long ActivationBytes { get; init; }

    /// <summary>
    /// Multiply–accumulate operations of a step: forward, and about twice as many backward, for the gradients of values and of weights.
    /// Objectives that run the network more often, or a critic, take more.
    /// </summary>
    public required double MacsPerStep { get; init; }

    /// <summary>What a few real steps took; <see langword="null"/> where none were run.</summary>
    public TrainingMeasurement? Measurement { get; init; }

    /// <summary>Estimates memory and arithmetic without running anything.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sampler">Makes the batches.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The estimate, without <see cref="Measurement"/>.</returns>
    /// <exception cref="TensorShapeException">The patches do not fit the network.</exception>
    public static TrainingEstimate Create(Network network, PatchSampler sampler, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sampler);
        options ??= new TrainerOptions();
        options.ThrowIfInvalid(nameof(options));
        PatchSamplerOptions data = sampler.Options;
        int size = data.PatchSizes.Max(p => p.Size), patchesPerStep = data.BatchSize * options.GradientAccumulation;
        long steps = options.StepsFor(sampler);
        return new TrainingEstimate
        {
            Parameters = network.ParameterCount,
            Steps = steps,
            Epochs = (double)steps * patchesPerStep / sampler.TurnsPerEpoch,
            PatchesPerStep = patchesPerStep,
            PatchSize = size,
            StateBytes = StateBytesOf(network, options),
            ActivationBytes = ActivationMemory.Bound(
                network, new ImageShape(data.BatchSize, network.Inputs[0].Channels, size, size), options.Precision),
            MacsPerStep = 3 * network.MacsPerPixel * size * size * patchesPerStep,
        };
    }

    /// <summary>
    /// Estimates memory and arithmetic, and runs a few steps with each patch size of the run to measure time and memory. Changes nothing:
    /// neither model nor files.
    /// </summary>
    /// <param name="model">Network and weights.</param>
    /// <param name="sampler">Makes the batches.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="steps">Steps to measure with each patch size, after two to warm up; at least 1.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The estimate, with <see cref="Measurement"/>.</returns>
    /// <exception cref="TrainingException">The data does not fit the network.</exception>
    public static async Task<TrainingEstimate> MeasureAsync(
        Model model, PatchSampler sampler, TrainerOptions? options = null, int steps = 8, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        options ??= new TrainerOptions();
        TrainingEstimate estimate = Create(model.Network, sampler, options);
        TrainingMeasurement measurement = await TrialRun.MeasureAsync(model, sampler, options, steps, cancellationToken)
            .ConfigureAwait(false);
        return estimate with { Measurement = measurement };
    }

    /// <summary>Bytes of everything that lasts from step to step.</summary>
    internal static long StateBytesOf(Network network, TrainerOptions options)
    {
        long values = ValuesOf(network, options.Optimizer, copies: 2);
        return sizeof(float) * (
            options.Objective.Critic is { } critic
                ? values + ValuesOf(critic, options.Objective.CriticOptimizer.Optimizer, copies: 1)
                : values);

        // Copies of all parameters; gradients and moments of those that are learned.
        static long ValuesOf(Network network, OptimizerOptions optimizer, int copies)
            => (copies * network.Parameters.Sum(p => p.ElementCount)) + ((1 + optimizer.StateNames.Count) * network.ParameterCount);
    }
}
