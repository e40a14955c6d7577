namespace ImageRestoration.Data;

/// <summary>Side of the square patches from a step on; several entries make patches grow during training.</summary>
/// <param name="FromStep">First step, from 0.</param>
/// <param name="Size">Rows and columns of a patch.</param>
public readonly record struct PatchSize(long FromStep, int Size);
