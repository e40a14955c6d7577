using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Learns to denoise from noisy pictures alone: of every 2×2 pixels two neighbours are drawn, one into each of two pictures of half the
/// size, and the network makes the first into the second. Their noise is independent, so only the picture can be learnt. Huang et al.
/// 2021, "Neighbor2Neighbor" (arXiv:2101.02824), equations 7 and 8.
/// </summary>
/// <remarks>
/// Needs noise without correlation between neighbouring pixels: raw or uncompressed pictures, not JPEG files. The sampler adds no
/// degradation, and flips as it likes. <see cref="TrainerOptions.Loss"/> is what the half-sized pictures are compared by;
/// <see cref="MeanSquaredErrorLoss"/> is the paper's, as the mean of noise is what vanishes.
/// </remarks>
public sealed class Neighbor2NeighborObjective : TrainingObjective
{
    private const int CellSize = 2;

    // The ordered pairs of neighbours in a cell whose pixels are 0 1 over 2 3.
    private static readonly (int First, int Second)[] Pairs = [(0, 1), (1, 0), (2, 3), (3, 2), (0, 2), (2, 0), (1, 3), (3, 1)];

    /// <summary>
    /// Weight γ, at the end of training, of the term that keeps the restored half-sized pictures as different as the restored whole makes
    /// them.
    /// </summary>
    /// <value>0 or more; default 2, the paper's for synthetic noise. It rises linearly over the run.</value>
    public double RegularizationWeight { get; init => field = LossWeight.Required(value); } = 2;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"Neighbor2Neighbor {RegularizationWeight:R}");

    internal override void ThrowIfDataDoesNotFit(Model model, PatchSampler sampler)
    {
        if (sampler.Options.Masks is not null)
        {
            throw ObjectiveErrors.MasksWithNoiseAlone();
        }

        base.ThrowIfDataDoesNotFit(model, sampler);
        foreach (PatchSize patch in sampler.Options.PatchSizes)
        {
            if (patch.Size % CellSize != 0)
            {
                throw ObjectiveErrors.OddPatch(patch.Size);
            }

            ThrowIfSizeDoesNotFit(model.Network, sampler.Channels, patch.Size / CellSize, patch.Size);
        }
    }

    internal override double AddGradients(TrainingStep step)
    {
        (Tensor first, Tensor second) = DrawNeighbours(step);
        Tensor noisyFirst = Select(step.Input, first), noisySecond = Select(step.Input, second);
        Tensor restored = step.Restore(noisyFirst);
        Tensor loss = step.Loss.Compute(new LossInput(restored, noisySecond, Mask: null, step.Number));
        double weight = RegularizationWeight * step.Progress;
        if (weight > 0)
        {
            Tensor whole;
            using (no_grad())
            {
                whole = step.Restore(step.Input);
            }

            Tensor gap = restored - noisySecond - (Select(whole, first) - Select(whole, second));
            Tensor regularization = gap.square().mean();
            step.Report("regularization", regularization.item<float>());
            loss += regularization * Keep(weight);
        }

        return step.Backward(loss);
    }

    /// <summary>Draws two neighbours of every cell.</summary>
    /// <returns>For each, N×1×4×H/2×W/2 with a 1 at the drawn pixel of the cell.</returns>
    private static (Tensor First, Tensor Second) DrawNeighbours(TrainingStep step)
    {
        long[] shape = [step.Input.shape[0], 1, CellSize * CellSize, step.Input.shape[2] / CellSize, step.Input.shape[3] / CellSize];
        int plane = (int)(shape[3] * shape[4]), values = plane * CellSize * CellSize;
        var first = new float[shape[0] * values];
        var second = new float[shape[0] * values];
        SeededRandom random = step.CreateRandom();
        for (int start = 0; start < first.Length; start += values)
        {
            for (int cell = 0; cell < plane; cell++)
            {
                (int one, int other) = Pairs[random.Next(Pairs.Length)];
                first[start + (one * plane) + cell] = 1;
                second[start + (other * plane) + cell] = 1;
            }
        }

        return (step.Upload(first, shape), step.Upload(second, shape));
    }

    /// <summary>Takes the drawn pixel of every cell: N×C×H×W to N×C×H/2×W/2.</summary>
    private static Tensor Select(Tensor pictures, Tensor drawn)
    {
        long[] shape = pictures.shape;
        Tensor cells = nn.functional.pixel_unshuffle(pictures, CellSize)
            .reshape(shape[0], shape[1], CellSize * CellSize, shape[2] / CellSize, shape[3] / CellSize);
        return (cells * drawn).sum(2);
    }
}
