namespace ImageRestoration.TorchSharp;

/// <summary>Degraded pictures and the pictures they should become, to score a model on while it trains.</summary>
public sealed class ValidationSet
{
    /// <summary>Creates the set. The tensors stay the caller's.</summary>
    /// <param name="pictures">At least one picture.</param>
    /// <exception cref="TensorShapeException">A degraded picture and its clean one differ in shape.</exception>
    public ValidationSet(IReadOnlyList<ValidationPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
        {
            throw new ArgumentException("A validation set needs at least one picture.", nameof(pictures));
        }

        foreach (ValidationPicture picture in pictures)
        {
            if (picture.Degraded.Shape != picture.Clean.Shape)
            {
                throw new TensorShapeException($"A degraded picture of {picture.Degraded.Shape} is paired with a clean one of {picture.Clean.Shape}. Pair pictures of one shape.");
            }
        }

        Pictures = pictures;
    }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<ValidationPicture> Pictures { get; }
}
