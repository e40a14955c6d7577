namespace ImageRestoration.Classical.Inpainting;

/// <summary>Options of <see cref="TeleaRestorer"/>.</summary>
/// <remarks>Immutable. <see cref="TeleaRestorer"/> checks the options once, when it is created.</remarks>
public sealed record TeleaOptions
{
    /// <summary>Radius in pixels of the disc of known and filled pixels that a missing pixel is estimated from (ε in the paper).</summary>
    /// <value>1 to 100; default 3. Time grows with its square.</value>
    public int Radius { get; init; } = 3;

    /// <summary>Throws if an option is out of range.</summary>
    internal void Validate(string parameterName)
    {
        if (Radius is < 1 or > 100)
        {
            throw new ArgumentException(
                Invariant($"The options of Telea's method are wrong: {nameof(Radius)} is {Radius}; it must be from 1 to 100."),
                parameterName);
        }
    }
}
