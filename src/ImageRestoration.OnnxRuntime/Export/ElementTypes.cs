using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime.Protos;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Decides which values of a network have 16 bits and which have 32.</summary>
internal sealed class ElementTypes
{
    private readonly HashSet<string> _halves = new(StringComparer.Ordinal);

    internal ElementTypes(Network network, OnnxPrecision precision)
    {
        if (precision == OnnxPrecision.Float32)
        {
            return;
        }

        foreach (Layer layer in network.Layers.Where(IsHalf))
        {
            _halves.Add(layer.Name);
        }
    }

    /// <summary>Type of a value: of an input, or of what a layer makes.</summary>
    internal TensorProto.Types.DataType this[string value]
        => _halves.Contains(value) ? TensorProto.Types.DataType.Float16 : TensorProto.Types.DataType.Float;

    private bool IsHalf(Layer layer) => layer switch
    {
        // Sums of many products, which every device accumulates with 32 bits whatever the type of the factors.
        Conv2dLayer or ConvTranspose2dLayer or LinearLayer => true,

        // Squares and quotients leave the range of 16 bits too easily.
        BatchNorm2dLayer or LayerNorm2dLayer or GroupNormLayer or DivLayer => false,

        // All else computes in the type of what it takes; where pictures come in, in theirs.
        _ => layer.Inputs.All(_halves.Contains),
    };
}
