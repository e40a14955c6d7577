using ImageRestoration.Networks;

namespace ImageRestoration.Generation;

/// <summary>Settings of <see cref="ImageGenerator"/>.</summary>
public sealed record GenerationOptions
{
    /// <summary>
    /// Height and width of the pictures, for decoders whose latent grows with them; multiples of the decoder's
    /// <see cref="Latents.DecoderInfo.SizeMultiple"/>.
    /// </summary>
    /// <value>Default <see langword="null"/>: the smallest that the decoder makes.</value>
    public Size2d? Size { get; init; }

    /// <summary>Seed of the noise. Picture n of a seed is the same in every batch and on every platform.</summary>
    /// <value>Default 0.</value>
    public long Seed { get; init; }

    /// <summary>Standard deviation of the noise: 1 as in training; less gives pictures more alike and nearer to the common ones.</summary>
    /// <value>0 to 10; default 1.</value>
    public double Temperature { get; init; } = 1;

    /// <summary>Class of the pictures, from 0, for decoders that are told one.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public int? Label { get; init; }

    /// <summary>Pictures that are decoded at once at most.</summary>
    /// <value>Default 16.</value>
    public int BatchSize { get; init; } = 16;

    internal void ThrowIfInvalid(int classes, Size2d multiple, string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckRange(nameof(Temperature), Temperature, 0, 10);
        errors.CheckRange(nameof(BatchSize), BatchSize, 1, int.MaxValue);
        if (Size is { } size
            && (size.Height < 1 || size.Width < 1 || size.Height % multiple.Height != 0 || size.Width % multiple.Width != 0))
        {
            errors.Add($"Size is {size}; it must be a multiple of {multiple}.");
        }

        if (classes == 0 && Label is { } unknown)
        {
            errors.Add(Invariant($"Label is {unknown}; the decoder tells no classes apart and it must be null."));
        }
        else if (classes > 0 && !(Label >= 0 && Label < classes))
        {
            string given = Label is { } label ? Invariant($"{label}") : "null";
            errors.Add(Invariant($"Label is {given}; the decoder tells {classes} classes apart and it must be 0 to {classes - 1}."));
        }

        errors.ThrowIfAny("options of generation", parameterName);
    }
}
