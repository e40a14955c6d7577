namespace ImageRestoration.OnnxRuntime;

/// <summary>Settings of an export to ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Which part of a model to export.</summary>
    /// <value>Default <see cref="OnnxModelPart.Whole"/>. Networks without a model have no parts.</value>
    public OnnxModelPart Part { get; init; } = OnnxModelPart.Whole;

    /// <summary>
    /// Whether the exported bytes are run with ONNX Runtime on random inputs and compared with Core's reference evaluator before
    /// anything is written. Takes a few seconds for large networks.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool VerifyParity { get; init; } = true;

    /// <summary>Largest difference that <see cref="VerifyParity"/> accepts, as a share of the range of each output's values.</summary>
    /// <value>Default 1e-4; finite and above 0.</value>
    public double ParityTolerance { get; init; } = 1e-4;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        if (!Enum.IsDefined(Part))
        {
            errors.Add($"Part is {Part}, which is no {nameof(OnnxModelPart)}.");
        }

        if (!double.IsFinite(ParityTolerance) || ParityTolerance <= 0)
        {
            errors.Add($"ParityTolerance is {ParityTolerance} and must be finite and above 0.");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(OnnxExportOptions)}: {string.Join(' ', errors)}", parameterName);
        }
    }
}
