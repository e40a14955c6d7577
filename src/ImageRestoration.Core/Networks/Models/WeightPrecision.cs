namespace ImageRestoration.Networks;

/// <summary>How weights are stored in a model file. They are float32 in memory.</summary>
public enum WeightPrecision
{
    /// <summary>IEEE 754 single precision, 4 bytes: exact.</summary>
    Float32,

    /// <summary>IEEE 754 half precision, 2 bytes: half the file, 11 significant bits; weights beyond ±65,504 are refused.</summary>
    Float16,
}
