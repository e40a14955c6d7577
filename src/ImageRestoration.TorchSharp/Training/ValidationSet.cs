using ImageRestoration.Imaging;

namespace ImageRestoration.TorchSharp;

/// <summary>Degraded pictures and the pictures they should become, to score a model on while it trains.</summary>
public sealed class ValidationSet
{
    /// <summary>Creates the set. The tensors stay the caller's.</summary>
    /// <param name="pairs">Degraded and clean pictures of equal shapes; clean ones in [0, 1].</param>
    public ValidationSet(IReadOnlyList<(ImageTensor Degraded, ImageTensor Clean)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
        {
            throw new ArgumentException("A validation set needs at least one pair of pictures.", nameof(pairs));
        }

        foreach ((ImageTensor degraded, ImageTensor clean) in pairs)
        {
            if (degraded.Shape != clean.Shape)
            {
                throw new TensorShapeException($"A degraded picture of {degraded.Shape} is paired with a clean one of {clean.Shape}. Pair pictures of one shape.");
            }
        }

        Pairs = pairs;
    }

    /// <summary>Degraded and clean pictures.</summary>
    public IReadOnlyList<(ImageTensor Degraded, ImageTensor Clean)> Pairs { get; }
}
