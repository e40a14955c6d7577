namespace ImageRestoration.Managed;

/// <summary>Activations that convolutions apply to their results before they are stored.</summary>
internal enum FusedActivation
{
    None,
    ReLU,
    LeakyReLU,
}

/// <summary>
/// What an operation does to its results before they are stored: first activation, then the residual's values are added or multiplied,
/// second activation.
/// </summary>
/// <param name="First">Before the residual.</param>
/// <param name="FirstSlope">Negative slope of <paramref name="First"/>.</param>
/// <param name="Residual">Name of the value to add or to multiply with, if any.</param>
/// <param name="Multiply">Whether the residual is a factor.</param>
/// <param name="Second">After the residual.</param>
/// <param name="SecondSlope">Negative slope of <paramref name="Second"/>.</param>
internal sealed record ConvolutionEpilogue(
    FusedActivation First = FusedActivation.None,
    float FirstSlope = 0,
    string? Residual = null,
    bool Multiply = false,
    FusedActivation Second = FusedActivation.None,
    float SecondSlope = 0)
{
    internal bool IsEmpty => First == FusedActivation.None && Residual is null && Second == FusedActivation.None;
}
