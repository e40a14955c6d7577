namespace ImageRestoration.TorchSharp;

/// <summary>Score of the averaged weights on the validation set.</summary>
/// <param name="Step">Steps done when it was measured.</param>
/// <param name="Psnr">Mean PSNR of the validation pictures in dB; of their missing part where they have one.</param>
public readonly record struct ValidationScore(long Step, double Psnr);
