namespace ImageRestoration.OnnxRuntime;

/// <summary>An exported network does not compute what the declared network computes, so nothing was written.</summary>
public sealed class ExportParityException : ImageRestorationException
{
    /// <summary>Creates the exception for one output.</summary>
    /// <param name="networkName">Name of the network.</param>
    /// <param name="outputName">Name of the output that differs.</param>
    /// <param name="largestDifference">Largest absolute difference of two values.</param>
    /// <param name="relativeDifference">The same as a share of the range of the output's values.</param>
    /// <param name="tolerance">Share that was accepted.</param>
    public ExportParityException(
        string networkName, string outputName, double largestDifference, double relativeDifference, double tolerance)
        : base(
            Invariant($"Output '{outputName}' of network '{networkName}' differs between ONNX Runtime and the reference by ")
                + Invariant($"{largestDifference:g3}, which is {relativeDifference:g3} of its range; accepted is {tolerance:g3}. Nothing ")
                + "was written. If the weights are so large that float32 is not precise enough, raise "
                + Invariant($"{nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.ParityTolerance)}; otherwise this is a defect: report ")
                + "it with the network.")
    {
        OutputName = outputName;
        LargestDifference = largestDifference;
        RelativeDifference = relativeDifference;
        Tolerance = tolerance;
    }

    /// <summary>Name of the output that differs.</summary>
    public string OutputName { get; }

    /// <summary>Largest absolute difference of two values.</summary>
    public double LargestDifference { get; }

    /// <summary>The largest difference as a share of the range of the output's values.</summary>
    public double RelativeDifference { get; }

    /// <summary>Share that was accepted.</summary>
    public double Tolerance { get; }
}
