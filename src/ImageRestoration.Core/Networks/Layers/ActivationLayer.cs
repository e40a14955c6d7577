using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>An elementwise non-linear function, as the module of the same name in <c>torch.nn</c>.</summary>
public sealed record ActivationLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="function">The function.</param>
    /// <param name="negativeSlope">Slope of <see cref="ActivationFunction.LeakyReLU"/> below zero; not used by others.</param>
    public ActivationLayer(string name, string input, ActivationFunction function, float negativeSlope = 0.01f)
        : base(name, [input])
    {
        if (!Enum.IsDefined(function))
        {
            throw LayerErrors.Unknown(name, "activation function", function, nameof(function));
        }

        if (!float.IsFinite(negativeSlope))
        {
            throw new ArgumentOutOfRangeException(nameof(negativeSlope), negativeSlope, $"Layer '{name}': negativeSlope must be finite.");
        }

        Function = function;
        NegativeSlope = negativeSlope;
    }

    /// <summary>The function.</summary>
    public ActivationFunction Function { get; }

    /// <summary>Slope of <see cref="ActivationFunction.LeakyReLU"/> below zero.</summary>
    public float NegativeSlope { get; }

    /// <inheritdoc/>
    public override string Kind => Function.ToString();

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        if (Function == ActivationFunction.LeakyReLU)
        {
            writer.WriteNumber("negative_slope", NegativeSlope);
        }
    }
}
