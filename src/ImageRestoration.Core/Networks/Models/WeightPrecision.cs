namespace ImageRestoration.Networks;

/// <summary>How weights are stored in a model file. They are float32 in memory.</summary>
public enum WeightPrecision
{
    /// <summary>IEEE 754 single precision, 4 bytes: exact.</summary>
    Float32,

    /// <summary>IEEE 754 half precision, 2 bytes: half the file, rounded to 11 significant bits; a weight beyond ±65,504 is refused.</summary>
    Float16,
}
