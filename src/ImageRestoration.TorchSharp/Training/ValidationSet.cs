using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.TorchSharp;

/// <summary>Degraded pictures and the pictures they should become, to score a model on while it trains.</summary>
public sealed class ValidationSet
{
    /// <summary>Creates the set. The tensors stay the caller's.</summary>
    /// <param name="pictures">At least one picture.</param>
    /// <exception cref="TensorShapeException">A degraded picture and its clean one differ in shape.</exception>
    public ValidationSet(IReadOnlyList<ValidationImage> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
        {
            throw new ArgumentException("A validation set needs at least one picture.", nameof(pictures));
        }

        foreach (ValidationImage picture in pictures)
        {
            if (picture.Degraded.Shape != picture.Clean.Shape)
            {
                throw TrainerErrors.UnlikePair(picture);
            }
        }

        Pictures = pictures;
    }

    /// <summary>Takes pictures that lie evenly spread over a source, whole.</summary>
    /// <param name="source">Clean pictures, or pairs, that are not trained on.</param>
    /// <param name="degradation">
    /// What makes a picture worse; <see langword="null"/> for pairs, and where the network is to give back what it is given.
    /// </param>
    /// <param name="count">Pictures to take at most, at least 1.</param>
    /// <param name="seed">Seed of the degradation.</param>
    /// <returns>The set.</returns>
    public static ValidationSet Create(IPatchSource source, IDegradation? degradation, int count = 8, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int taken = Math.Min(count, source.Count);
        var pictures = new ValidationImage[taken];
        for (int i = 0; i < taken; i++)
        {
            int index = (int)((long)i * source.Count / taken);
            ImageTensor clean = source.ReadImage(index);
            ImageTensor degraded = clean.Clone();
            (source as IPairedPatchSource)?.ReadDegraded(index, 0, 0, clean.Height, clean.Width, degraded.Span);
            degradation?.Apply(degraded, SeededRandom.ForSample(seed, 0, index));
            pictures[i] = new ValidationImage(degraded, clean);
        }

        return new ValidationSet(pictures);
    }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<ValidationImage> Pictures { get; }

    /// <summary>Digits that stand for all values of all pictures and masks.</summary>
    internal string Digest()
    {
        using var digest = new Digest();
        foreach (ValidationImage picture in Pictures)
        {
            digest.Add(picture.Clean.Height);
            digest.Add(picture.Clean.Width);
            digest.Add(picture.Clean.Span);
            digest.Add(picture.Degraded.Span);
            digest.Add(picture.Mask is { } mask ? (ReadOnlySpan<byte>)mask.Values : []);
        }

        return digest.ToString();
    }

    /// <summary>
    /// Restores all pictures and scores them as training does: PSNR, of inpainted pictures over the missing pixels alone.
    /// </summary>
    /// <param name="restorer">Restores them, on any backend.</param>
    /// <returns>Mean PSNR in dB.</returns>
    public double Score(IRestorer restorer)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        return Score(restorer, step: 0, onValidated: null);
    }

    /// <summary>Restores all pictures. Cannot be cancelled: a checkpoint of a step holds its score too.</summary>
    /// <param name="restorer">Restores them.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="onValidated">Given the restored pictures, or <see langword="null"/>.</param>
    /// <returns>Mean PSNR in dB.</returns>
    internal double Score(IRestorer restorer, long step, Action<ValidationReport>? onValidated)
    {
        var kept = new List<ImageTensor>();
        try
        {
            double sum = 0;
            foreach (ValidationImage picture in Pictures)
            {
                ImageTensor restored = restorer.RestoreAsync(new RestorationRequest(picture.Degraded, picture.Mask))
                    .GetAwaiter()
                    .GetResult()
                    .Image;
                kept.Add(restored);
                sum += picture.Score(restored);
                if (onValidated is null)
                {
                    restored.Dispose();
                    kept.Clear();
                }
            }

            double psnr = sum / Pictures.Count;
            onValidated?.Invoke(new ValidationReport(new ValidationScore(step, psnr), Pictures, kept));
            return psnr;
        }
        finally
        {
            kept.ForEach(restored => restored.Dispose());
        }
    }
}
