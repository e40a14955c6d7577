using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// One operation of a declared network: named inputs in, one value out. The value bears the layer's name. Layers are immutable;
/// names and defaults are PyTorch's. Backends lower the layers they know and refuse any other.
/// </summary>
public abstract record Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network; parameters are called <c>name.weight</c>, <c>name.bias</c>.</param>
    /// <param name="inputs">Names of the values it takes.</param>
    protected Layer(string name, ImmutableArray<string> inputs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (inputs.IsDefaultOrEmpty)
        {
            throw new ArgumentException($"Layer '{name}' has no input. Every layer takes at least one value.", nameof(inputs));
        }

        Name = name;
        Inputs = inputs;
    }

    /// <summary>Unique name in the network, also the name of the value it makes.</summary>
    public string Name { get; init; }

    /// <summary>Names of the values it takes, in order.</summary>
    public ImmutableArray<string> Inputs { get; init; }

    /// <summary>Kind as written in model files, such as <c>Conv2d</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Parameters, learned and others, in PyTorch's order.</summary>
    public virtual ImmutableArray<ParameterSpec> Parameters => [];

    /// <summary>
    /// Whether inputs whose extent is 1 at every picture size, such as those of a global pooling, are repeated along the others' extent.
    /// </summary>
    public virtual bool Broadcasts => false;

    /// <summary>Channels of the value it makes; checks the channels of those it takes.</summary>
    /// <param name="inputChannels">Channels of each input.</param>
    /// <returns>Channels of the output.</returns>
    /// <exception cref="TensorShapeException">The inputs do not fit the layer.</exception>
    public abstract int InferChannels(ImmutableArray<int> inputChannels);

    /// <summary>Extent of the output as a function of the network input's extent.</summary>
    /// <param name="axis">Height or width.</param>
    /// <param name="input">Extent of the layer's inputs; inputs that are repeated do not count.</param>
    /// <returns>Extent of the output.</returns>
    public virtual AffineSize InferSize(SpatialAxis axis, AffineSize input) => input;

    /// <summary>Extent of the output for an input of a known extent.</summary>
    /// <param name="axis">Height or width.</param>
    /// <param name="input">Extent of the layer's inputs; inputs that are repeated do not count.</param>
    /// <returns>Extent of the output; below 1 where the input is too small.</returns>
    public virtual int InferSize(SpatialAxis axis, int input) => input;

    /// <summary>Which positions of the inputs a range of the output's positions depends on.</summary>
    /// <param name="axis">Height or width.</param>
    /// <param name="output">Range in the output.</param>
    /// <returns>Range in the inputs, or <see langword="null"/> where everything depends on everything.</returns>
    public virtual PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output) => output;

    /// <summary>Multiply–accumulate operations for one position of the output, over all its channels, on average.</summary>
    /// <param name="inputChannels">Channels of each input.</param>
    /// <returns>MACs per output position; 0 for layers without sums of products.</returns>
    public virtual double MacsPerPosition(ImmutableArray<int> inputChannels) => 0;

    /// <summary>Writes the layer's settings, not its name, kind or inputs, as JSON properties.</summary>
    /// <param name="writer">Writer inside the layer's JSON object.</param>
    protected internal virtual void WriteSettings(Utf8JsonWriter writer)
    {
    }

    /// <summary>Throws unless the layer has a given number of inputs.</summary>
    /// <param name="inputChannels">Channels of each input.</param>
    /// <param name="expected">Number of inputs the layer takes.</param>
    protected void RequireInputs(ImmutableArray<int> inputChannels, int expected)
    {
        if (inputChannels.Length != expected)
        {
            throw new TensorShapeException($"Layer '{Name}' ({Kind}) takes {expected} input(s) and got {inputChannels.Length}.");
        }
    }

    /// <summary>Throws unless the layer has one input of a given number of channels.</summary>
    /// <param name="inputChannels">Channels of each input.</param>
    /// <param name="expected">Number of channels the layer takes.</param>
    protected void RequireChannels(ImmutableArray<int> inputChannels, int expected)
    {
        RequireInputs(inputChannels, 1);
        if (inputChannels[0] != expected)
        {
            throw new TensorShapeException($"Layer '{Name}' ({Kind}) takes {expected} channels and '{Inputs[0]}' has {inputChannels[0]}.");
        }
    }

    /// <summary>Throws unless a setting is a finite number that is large enough.</summary>
    /// <param name="value">The setting.</param>
    /// <param name="minimum">Smallest allowed value.</param>
    /// <param name="setting">The setting's name.</param>
    /// <returns><paramref name="value"/>.</returns>
    protected float RequireAtLeast(float value, float minimum, string setting)
        => float.IsFinite(value) && value >= minimum
            ? value
            : throw new ArgumentOutOfRangeException(setting, value, $"Layer '{Name}' ({Kind}): {setting} is {value} and must be finite{(minimum > float.MinValue ? $" and at least {minimum}" : string.Empty)}.");

    /// <summary>Throws unless a setting is large enough.</summary>
    /// <param name="value">The setting.</param>
    /// <param name="minimum">Smallest allowed value.</param>
    /// <param name="setting">The setting's name.</param>
    /// <returns><paramref name="value"/>.</returns>
    protected int RequireAtLeast(int value, int minimum, string setting)
        => value >= minimum
            ? value
            : throw new ArgumentOutOfRangeException(setting, value, $"Layer '{Name}' ({Kind}): {setting} is {value} and must be at least {minimum}.");

    /// <summary>Throws unless both parts of a setting are large enough.</summary>
    /// <param name="value">The setting.</param>
    /// <param name="minimum">Smallest allowed value of each part.</param>
    /// <param name="setting">The setting's name.</param>
    /// <returns><paramref name="value"/>.</returns>
    protected Size2d RequireAtLeast(Size2d value, int minimum, string setting)
    {
        RequireAtLeast(value.Height, minimum, setting);
        RequireAtLeast(value.Width, minimum, setting);
        return value;
    }
}
