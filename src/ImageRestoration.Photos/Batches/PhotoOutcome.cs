namespace ImageRestoration.Photos;

/// <summary>What became of one of many photographs: a result, an error, or neither where it was left out.</summary>
/// <param name="Input">Full path of the photograph.</param>
/// <param name="Output">Full path of the result.</param>
/// <param name="Result">Size and times, or <see langword="null"/>.</param>
/// <param name="Error">Why it could not be restored, or <see langword="null"/>.</param>
public sealed record PhotoOutcome(string Input, string Output, PhotoResult? Result, ImageRestorationException? Error)
{
    /// <summary>Whether the photograph was left out because its result was there already.</summary>
    public bool IsSkipped => Result is null && Error is null;
}
