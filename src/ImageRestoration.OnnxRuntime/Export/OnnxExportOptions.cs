namespace ImageRestoration.OnnxRuntime;

/// <summary>Settings of an export to ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>More than float16 makes of networks whose values stay within its range.</summary>
    internal const double HalfTolerance = 1e-2;

    private const double SingleTolerance = 1e-4;

    /// <summary>Which part of a model to export.</summary>
    /// <value>Default <see cref="OnnxModelPart.Whole"/>. Networks without a model have no parts.</value>
    public OnnxModelPart Part { get; init; } = OnnxModelPart.Whole;

    /// <summary>What the exported network computes with.</summary>
    /// <value>Default <see cref="OnnxPrecision.Float32"/>.</value>
    public OnnxPrecision Precision { get; init; } = OnnxPrecision.Float32;

    /// <summary>
    /// Whether the exported bytes are run with ONNX Runtime on random inputs and compared with Core's reference evaluator before
    /// anything is written. Takes a few seconds for large networks.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool VerifyParity { get; init; } = true;

    /// <summary>Largest difference that <see cref="VerifyParity"/> accepts, as a share of the range of each output's values.</summary>
    /// <value>Default <see langword="null"/>: 1e-4 in float32, 1e-2 in float16. Otherwise finite and above 0.</value>
    public double? ParityTolerance { get; init; }

    internal double Tolerance => ParityTolerance ?? (Precision == OnnxPrecision.Float16 ? HalfTolerance : SingleTolerance);

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        if (!Enum.IsDefined(Part))
        {
            errors.Add($"Part is {Part}, which is no {nameof(OnnxModelPart)}.");
        }

        if (!Enum.IsDefined(Precision))
        {
            errors.Add($"Precision is {Precision}, which is no {nameof(OnnxPrecision)}.");
        }

        if (ParityTolerance is { } tolerance && !(double.IsFinite(tolerance) && tolerance > 0))
        {
            errors.Add(Invariant($"ParityTolerance is {ParityTolerance} and must be finite and above 0."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(OnnxExportOptions)}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
