using ImageRestoration.Restoration;

namespace CustomStack;

/// <summary>What one restorer made of the picture.</summary>
/// <param name="Name">Name that it is registered by.</param>
/// <param name="Info">What runs where.</param>
/// <param name="Seconds">Time in the networks.</param>
/// <param name="Psnr">Decibels to the clean picture.</param>
/// <param name="Difference">Largest difference from the result of the whole model, on the scale [0, 1].</param>
internal sealed record StackResult(string Name, RestorerInfo Info, double Seconds, double Psnr, double Difference);
