using ImageRestoration.Imaging;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Why a network cannot be exported, and what to do about it.</summary>
internal static class ExportErrors
{
    internal static ArgumentException PartOfNetwork(OnnxModelPart part, string parameterName)
        => new(
            $"Part is {part}, but a single network has no parts. "
                + $"Give the encoder or decoder itself and leave Part at {OnnxModelPart.Whole}.",
            parameterName);

    internal static ArgumentException NoPart(string model, OnnxModelPart part, string parameterName)
        => new(
            $"Model '{model}' is one network; it has no {part.ToString().ToLowerInvariant()}. "
                + "Export it whole, or declare the model with an encoder and a decoder.",
            parameterName);

    internal static ModelFormatException TooManyWeights(string network, long values, long mostBytes)
        => new(Invariant($"The {values} parameters of network '{network}' take {values * sizeof(float) >> 20} MiB; ")
            + Invariant($"an .onnx file holds at most {mostBytes >> 20} MiB of weights. ")
            + "Use fewer channels or layers, or export encoder and decoder apart.");

    internal static TensorShapeException Shape(string network, string output, ImageShape made, ImageShape expected)
        => new($"Output '{output}' of network '{network}' is {made} in ONNX Runtime and {expected} in the reference. "
            + "This is a defect of the export: report it with the network.");
}
