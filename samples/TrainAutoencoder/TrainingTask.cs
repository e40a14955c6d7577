using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>What makes a patch worse, so that the network learns the way back; the same for the held-out pictures, at one strength.</summary>
/// <param name="Description">What the model does, for its file.</param>
/// <param name="Degradation">Applied to each patch.</param>
/// <param name="DegradationText">The same in words.</param>
/// <param name="Validation">Applied to each held-out picture.</param>
/// <param name="ValidationText">The same in words.</param>
/// <param name="Masks">Missing pixels, for inpainting.</param>
/// <param name="Loss">What is minimised.</param>
internal sealed record TrainingTask(string Description, IDegradation Degradation, string DegradationText, IDegradation Validation, string ValidationText, IMaskStrategy? Masks, Loss Loss)
{
    // About what sensors of cameras and telephones give from low to high sensitivity, as shares of white.
    private const double LargestShot = 0.012;
    private const double LargestRead = 0.0006;

    /// <summary>Steps in which the divergence from the prior comes to count.</summary>
    private const long BetaWarmup = 500;

    /// <summary>Height and width of the pictures that holes are drawn for.</summary>
    private const int MaskedPicture = 384;

    /// <summary>Seed of the held-out pictures' degradation; fixed, so that runs can be compared.</summary>
    private const long ValidationSeed = 20_000;

    /// <summary>What the network sees in missing pixels.</summary>
    public InitialFill Fill { get; init; }

    /// <summary>Whether the network sees pictures at the exposure that the whole picture asks for.</summary>
    public bool NormalizesExposure { get; init; }

    /// <summary>How a batch becomes gradients.</summary>
    public TrainingObjective Objective { get; init; } = new RestorationObjective();

    public static TrainingTask Create(TrainingSettings settings)
    {
        TrainingTask task = CreateWithoutCritic(settings);
        return settings.AdversarialWeight > 0 ? task with { Objective = Adversarial(settings, task.Masks is not null) } : task;
    }

    private static TrainingTask CreateWithoutCritic(TrainingSettings settings) => settings.Task switch
    {
        RestorationTask.Denoise => Denoise(settings),
        RestorationTask.Deblock => Deblock(settings),
        RestorationTask.Brighten => Brighten(settings),
        RestorationTask.Inpaint => Inpaint(settings),
        RestorationTask.Generate => Generate(settings),
        _ => throw new FormatException($"The task is {settings.Task}; it must be denoise, deblock, brighten, inpaint or vae."),
    };

    /// <summary>Makes a held-out picture worse.</summary>
    /// <param name="clean">The picture; it becomes the pair's target, changed where that is to change, too.</param>
    /// <param name="index">Number of the picture.</param>
    public ValidationImage Degrade(ImageTensor clean, int index)
    {
        ImageTensor degraded = clean.Clone();
        SeededRandom random = SeededRandom.ForSample(ValidationSeed, 0, index);
        if (Validation is IPairDegradation pair)
        {
            pair.ApplyToPair(clean, degraded, random);
        }
        else
        {
            Validation.Apply(degraded, random);
        }

        Mask? mask = Masks?.Create(clean.Height, clean.Width, random);
        if (mask is not null)
        {
            MissingPixels.Fill(degraded, mask, Fill, random);
        }

        if (NormalizesExposure)
        {
            double stops = AutoExposure.StopsOf(degraded);
            AutoExposure.Apply(degraded, stops);
            AutoExposure.Apply(clean, stops);
        }

        return new ValidationImage(degraded, clean, mask);
    }

    private static TrainingTask Denoise(TrainingSettings settings)
    {
        if (settings.Mixture.Length > 0)
        {
            return new TrainingTask(
                $"Removes noise of unknown kind and strength, also a camera's and such as went through JPEG, from {Kind(settings)} pictures.",
                WithAugmentations(settings, DegradationParser.ParseMixture(settings.Mixture)),
                string.Join("; ", settings.Mixture) + AugmentationText(settings),
                new GaussianNoise(settings.ValidationStrength ?? 25),
                Invariant($"sigma {settings.ValidationStrength ?? 25}"),
                Masks: null,
                LossOf(settings, "charbonnier"));
        }

        double sensor = settings.SensorNoiseShare;
        double weak = settings.WeakNoiseShare;
        string text = Invariant($"Gaussian noise, sigma uniform in [0, {settings.MaximumSigma}]/255 per patch");
        (IDegradation Noise, double Share)[] other =
            [.. new (IDegradation, double Share)[] { (new GaussianNoise(0, settings.MaximumSigma / 2), weak), (new PoissonGaussianNoise(0, LargestShot, 0, LargestRead), sensor) }.Where(n => n.Share > 0)];
        IDegradation degradation = new GaussianNoise(0, settings.MaximumSigma);
        if (other.Length > 0)
        {
            degradation = new RandomChoiceDegradation([degradation, .. other.Select(n => n.Noise)], [1 - other.Sum(n => n.Share), .. other.Select(n => n.Share)]);
        }

        text += weak > 0 ? Invariant($", in {weak:P0} of the patches in [0, {settings.MaximumSigma / 2}]") : string.Empty;
        text += sensor > 0 ? Invariant($", in {sensor:P0} of the patches Poisson–Gaussian noise with a in [0, {LargestShot}] and b in [0, {LargestRead}] instead, not clipped") : ", not clipped";
        return new TrainingTask(
            string.Create(CultureInfo.InvariantCulture, $"Removes noise of unknown strength, Gaussian up to sigma {settings.MaximumSigma}{(sensor > 0 ? " and a sensor's" : string.Empty)}, from {Kind(settings)} pictures."),
            WithAugmentations(settings, degradation),
            text + AugmentationText(settings),
            new GaussianNoise(settings.ValidationStrength ?? 25),
            Invariant($"sigma {settings.ValidationStrength ?? 25}"),
            Masks: null,
            LossOf(settings, "charbonnier"));
    }

    private static TrainingTask Deblock(TrainingSettings settings)
    {
        JpegCompression any = Jpeg(95);
        double share = settings.CoarseJpegShare;
        return new TrainingTask(
            $"Removes the artefacts of JPEG compression of unknown quality from {Kind(settings)} pictures.",
            WithAugmentations(settings, share > 0 ? new RandomChoiceDegradation([any, Jpeg(30)], [1 - share, share]) : any),
            string.Create(CultureInfo.InvariantCulture, $"JPEG of quality 5 to 95 per patch{(share > 0 ? string.Create(CultureInfo.InvariantCulture, $", in {share:P0} of the patches 5 to 30") : string.Empty)}, full, half and quarter chroma; a fifth of the patches compressed twice on shifted grids") + AugmentationText(settings),
            new JpegCompression((int)(settings.ValidationStrength ?? 20)),
            Invariant($"quality {(int)(settings.ValidationStrength ?? 20)}"),
            Masks: null,
            LossOf(settings, "charbonnier"));
    }

    /// <summary>Some of the patches are exposed up to one stop longer or shorter first, or become ink drawings, and the targets with them.</summary>
    private static IDegradation WithAugmentations(TrainingSettings settings, IDegradation degradation)
    {
        var exposure = new LowLightOptions { MinimumExposure = -1, MaximumExposure = 1, Noise = null, RoundTo8Bit = false };
        (IDegradation Augmentation, double Share)[] chosen =
            [.. new (IDegradation, double Share)[] { (new LowLight(exposure), settings.ExposedShare), (new AdaptiveThreshold(), settings.DrawingShare) }.Where(a => a.Share > 0)];
        return chosen.Length == 0
            ? degradation
            : new RandomChoiceDegradation([degradation, .. chosen.Select(a => new AugmentedDegradation(a.Augmentation, degradation))], [1 - chosen.Sum(a => a.Share), .. chosen.Select(a => a.Share)]);
    }

    private static string AugmentationText(TrainingSettings settings)
    {
        string exposed = settings.ExposedShare > 0 ? Invariant($"; {settings.ExposedShare:P0} of the patches are exposed up to one stop longer or shorter") : string.Empty;
        return exposed + (settings.DrawingShare > 0 ? Invariant($"; {settings.DrawingShare:P0} of the patches are ink drawings of the pictures") : string.Empty);
    }

    private static JpegCompression Jpeg(int best)
        => new(new JpegCompressionOptions { MinimumQuality = 5, MaximumQuality = best, Subsampling = null, DoubleCompressionProbability = 0.2 });

    private static TrainingTask Brighten(TrainingSettings settings)
    {
        ImmutableArray<DegradationShare> mixture = settings.Mixture.Length > 0
            ? settings.Mixture
            : [new DegradationShare { Share = 1, Steps = ["sensor:0.0001:0.004:0.1:-7:0", "0.6*jpeg:60:98"] }];
        double stops = settings.ValidationStrength ?? -3;
        return new TrainingTask(
            $"Brightens {Kind(settings)} pictures taken in low light and removes their noise.",
            DegradationParser.ParseMixture(mixture),
            string.Join("; ", mixture) + "; pictures and targets at the picture's automatic exposure",
            DegradationParser.ParseMixture([new DegradationShare { Share = 1, Steps = [Invariant($"sensor:0.0005:0.0005:0:{stops}:{stops}"), "jpeg:90:90"] }]),
            Invariant($"exposure {stops}"),
            Masks: null,
            LossOf(settings, "charbonnier"))
        {
            NormalizesExposure = true,
        };
    }

    private static TrainingTask Inpaint(TrainingSettings settings)
    {
        // Holes are as large as in whole pictures, of which patches see parts.
        var masks = new RandomChoiceMaskStrategy(
            (new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.05, MaximumShare = 0.4 }).Crop(MaskedPicture, MaskedPicture), 3),
            (new RegionMaskStrategy(new RegionMaskOptions()).Crop(MaskedPicture, MaskedPicture), 3),
            (new PointMaskStrategy(0.1, 0.95), settings.PointMaskWeight),
            (new BorderMaskStrategy(new BorderMaskOptions { MinimumWidth = 0.05, MaximumWidth = 0.3 }), 1),
            (new ScratchMaskStrategy(new ScratchMaskOptions()).Crop(MaskedPicture, MaskedPicture), 1));
        return new TrainingTask(
            $"Fills in missing parts of {Kind(settings)} pictures.",
            new SequenceDegradation(),
            string.Create(CultureInfo.InvariantCulture, $"free-form strokes, regions and scratches as in pictures of {MaskedPicture}×{MaskedPicture}, points, borders; a smooth surface{(settings.AdversarialWeight > 0 ? " and noise" : string.Empty)} in missing pixels"),
            new SequenceDegradation(),
            "missing pixels alone",
            masks,
            LossOf(settings, "l1", missingWeight: settings.MissingWeight ?? 6))
        {
            Fill = settings.AdversarialWeight > 0 ? InitialFill.HarmonicWithNoise : InitialFill.Harmonic,
        };
    }

    private static AdversarialObjective Adversarial(TrainingSettings settings, bool takesMask)
    {
        var options = new PatchDiscriminatorOptions { ImageChannels = settings.Grey ? 1 : 3, TakesMask = takesMask, Channels = settings.CriticChannels };
        return new AdversarialObjective(PatchDiscriminator.Create(options))
        {
            Weight = settings.AdversarialWeight,
            FeatureMatchingWeight = settings.FeatureMatchingWeight,
            FromStep = settings.AdversarialFromStep,
        };
    }

    private static Loss LossOf(TrainingSettings settings, string standard, double missingWeight = 1) => RecipeParser.ParseLoss(settings.Loss ?? standard, missingWeight, settings.MissingDecay);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TrainingTask Generate(TrainingSettings settings)
    {
        if (settings.PatchSizes.Length != 1)
        {
            throw new FormatException($"The patches are '{settings.Patches}'; task vae learns pictures of one size, such as --patches 32.");
        }

        return new TrainingTask(
            $"Makes {Kind(settings)} pictures of {settings.PatchSizes[0].Size}×{settings.PatchSizes[0].Size} of noise: a variational autoencoder.",
            new SequenceDegradation(),
            "nothing; whole pictures, cut to squares and scaled down, are what it learns to make",
            new SequenceDegradation(),
            "reconstructed from the latent's mean",
            Masks: null,
            LossOf(settings, "bce"))
        {
            Objective = new VariationalObjective { WarmupSteps = Math.Min(BetaWarmup, settings.Steps / 10) },
        };
    }

    private static string Kind(TrainingSettings settings) => settings.Grey ? "grey" : "RGB";
}
