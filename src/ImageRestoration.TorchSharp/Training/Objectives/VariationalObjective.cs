using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Trains a variational autoencoder: <see cref="TrainerOptions.Loss"/> of what the decoder makes of a draw from the encoder's distribution,
/// plus β times the Kullback–Leibler divergence of that distribution from the standard normal one. Kingma and Welling 2014
/// (arXiv:1312.6114), equation 10, with one draw for each picture; β after Higgins et al. 2017.
/// </summary>
/// <remarks>
/// <para>
/// The divergence, a sum over the latent, is divided by the number of values of a picture, as the loss is a mean over them. With
/// <see cref="BinaryCrossEntropyLoss"/> and β = 1 the whole is the negative evidence lower bound for each value, in nats; with
/// <see cref="MeanSquaredErrorLoss"/> it is that of a normal distribution of variance β/2 around the picture, up to constants.
/// </para>
/// <para>
/// Models have outputs and inputs named as those of <see cref="VariationalAutoencoder"/>. Where they take a label, the sampler's
/// pictures have classes. Reports the terms <c>reconstruction</c>, as the loss counts it, and <c>kl</c>, in nats for each picture.
/// </para>
/// </remarks>
public sealed class VariationalObjective : TrainingObjective
{
    // Where exp would overflow or vanish, long before it does.
    private const double SmallestLogVariance = -30, LargestLogVariance = 20;

    /// <summary>Weight of the divergence, after the warm-up.</summary>
    /// <value>0 or more; default 1.</value>
    public double Beta { get; init => field = LossWeight.Required(value); } = 1;

    /// <summary>
    /// Steps over which β rises linearly from 0, so that the decoder learns to use the latent first (Sønderby et al. 2016,
    /// arXiv:1602.02282, section 2.3).
    /// </summary>
    /// <value>0 or more; default 0.</value>
    public long WarmupSteps
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "WarmupSteps must not be negative.");
    }

    /// <summary>
    /// Nats of divergence that each channel of the latent has free, as a mean over the batch (λ of Kingma et al. 2016, arXiv:1606.04934,
    /// appendix C.8).
    /// </summary>
    /// <value>0 or more; default 0.</value>
    public double FreeBits { get; init => field = LossWeight.Required(value); }

    /// <inheritdoc/>
    public override string Description
        => string.Create(CultureInfo.InvariantCulture, $"variational β {Beta:R} after {WarmupSteps} free {FreeBits:R}");

    internal override void ThrowIfDataDoesNotFit(Model model, PatchSampler sampler)
    {
        if (model.Encoder is not { } encoder)
        {
            throw ObjectiveErrors.NoEncoder(model.Info.Name);
        }

        NetworkOutput? mean = encoder.Outputs.FirstOrDefault(o => o.Name == VariationalAutoencoder.LatentName);
        NetworkOutput? variance = encoder.Outputs.FirstOrDefault(o => o.Name == VariationalAutoencoder.LogVarianceName);
        if (mean is null
            || variance is null
            || (mean.Channels, mean.HeightScale, mean.WidthScale) != (variance.Channels, variance.HeightScale, variance.WidthScale))
        {
            throw ObjectiveErrors.NotVariational(encoder);
        }

        ThrowIfLabelsDoNotFit(model.Network, sampler);
        ThrowIfPicturesDoNotFit(model.Network, encoder.TakesMask(), sampler);
    }

    internal override double AddGradients(TrainingStep step)
    {
        Dictionary<string, Tensor> conditions = Conditions(step);
        Dictionary<string, Tensor> latent = step.Encode(step.Input, conditions);
        Tensor mean = latent[VariationalAutoencoder.LatentName];
        Tensor logVariance = latent[VariationalAutoencoder.LogVarianceName]
            .clamp(min: Keep(SmallestLogVariance), max: Keep(LargestLogVariance));
        latent[VariationalAutoencoder.LatentName] = mean + ((logVariance * 0.5).exp() * step.Noise(mean.shape, step.CreateRandom()));
        foreach ((string name, Tensor condition) in conditions)
        {
            latent[name] = condition;
        }

        Tensor reconstruction = step.Loss.Compute(step.LossOf(step.Decode(latent)));
        Tensor divergence = Divergence(mean, logVariance);
        step.Report("reconstruction", reconstruction.item<float>());
        step.Report("kl", divergence.sum().item<float>());

        double weight = Beta * (step.Number < WarmupSteps ? (double)step.Number / WarmupSteps : 1);
        long values = step.Target.shape[1] * step.Target.shape[2] * step.Target.shape[3];
        return step.Backward(reconstruction + (Charged(divergence).sum() * Keep(weight / values)));
    }

    /// <summary>
    /// Divergence of normal distributions from the standard one, in nats: of each channel, summed over its pixels, as a mean over the
    /// batch.
    /// </summary>
    internal static Tensor Divergence(Tensor mean, Tensor logVariance)
        => ((mean.square() + logVariance.exp() - Keep(1) - logVariance) * Keep(0.5)).sum([2, 3]).mean([0]);

    /// <summary>The divergence that counts: channels below the free bits have no gradient.</summary>
    internal Tensor Charged(Tensor divergence) => FreeBits > 0 ? divergence.clamp(min: Keep(FreeBits)) : divergence;

    private static void ThrowIfLabelsDoNotFit(Network network, PatchSampler sampler)
    {
        foreach (NetworkInput condition in network.Inputs.Where(i => i.IsCondition))
        {
            if (condition.Name != VariationalAutoencoder.LabelName || sampler.ClassCount != condition.Channels)
            {
                throw ObjectiveErrors.Condition(network.Name, condition, sampler.ClassCount);
            }
        }
    }

    /// <summary>Where the model takes a label: planes of ones for each sample's class, and of zeros for the others.</summary>
    private static Dictionary<string, Tensor> Conditions(TrainingStep step)
    {
        var conditions = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        if (step.Network.Inputs.FirstOrDefault(i => i.IsCondition) is not { } label)
        {
            return conditions;
        }

        long[] picture = step.Input.shape;
        ImageShape shape = step.Network.InferShapes(
            new ImageShape((int)picture[0], (int)picture[1], (int)picture[2], (int)picture[3]))[label.Name];
        int plane = shape.Height * shape.Width;
        var planes = new float[shape.Batch * shape.Channels * plane];
        for (int i = 0; i < shape.Batch; i++)
        {
            planes.AsSpan(((i * shape.Channels) + step.Labels![i]) * plane, plane).Fill(1);
        }

        conditions.Add(label.Name, step.Upload(planes, [shape.Batch, shape.Channels, shape.Height, shape.Width]));
        return conditions;
    }
}
