using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// One operation of a declared network: named inputs in, one value out. The value bears the layer's name. Layers are immutable;
/// names and defaults are PyTorch's. The set is closed: a layer of another library could be saved and not loaded, and no backend would
/// run it. What is missing can be composed of layers that there are; a new kind belongs in this library.
/// </summary>
public abstract record Layer
{
    private protected Layer(string name, ImmutableArray<string> inputs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (inputs.IsDefaultOrEmpty)
        {
            throw LayerErrors.NoInput(name, nameof(inputs));
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

    /// <summary>Whether inputs of extent 1 at every picture size, as of a global pooling, are repeated along the others' extent.</summary>
    public virtual bool Broadcasts => false;

    /// <summary>Channels of the value it makes; checks the channels of those it takes.</summary>
    /// <param name="inputChannels">Channels of each input.</param>
    /// <returns>Channels of the output.</returns>
    /// <exception cref="TensorShapeException">The inputs do not fit the layer.</exception>
    public virtual int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireInputs(inputChannels, 1);
        return inputChannels[0];
    }

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

    /// <summary>
    /// Writes the layer's settings, not its name, kind or inputs, as JSON properties. Internal and abstract, so that no other assembly can
    /// derive a layer, not even by the constructor that copies records.
    /// </summary>
    internal abstract void WriteSettings(Utf8JsonWriter writer);

    /// <summary>Throws unless the layer has a given number of inputs.</summary>
    private protected void RequireInputs(ImmutableArray<int> inputChannels, int expected)
    {
        if (inputChannels.Length != expected)
        {
            throw LayerErrors.WrongInputs(this, expected, inputChannels.Length);
        }
    }

    /// <summary>The channels that it makes, or an exception unless it has one input of the expected channels.</summary>
    private protected int RequireChannels(ImmutableArray<int> inputChannels, int expected, int made)
    {
        RequireInputs(inputChannels, 1);
        return inputChannels[0] == expected ? made : throw LayerErrors.WrongChannels(this, expected, inputChannels[0]);
    }

    /// <summary>A weight, and a bias for each channel that it makes where there is one.</summary>
    private protected static ImmutableArray<ParameterSpec> WeightAndBias(ImmutableArray<int> shape, int fanIn, int made, bool bias)
    {
        var weight = new ParameterSpec("weight", shape, fanIn);
        return bias ? [weight, new ParameterSpec("bias", [made], fanIn)] : [weight];
    }

    /// <summary>The setting, a finite number, or an exception where it is too small.</summary>
    private protected float RequireAtLeast(float value, float minimum, string setting)
        => float.IsFinite(value) && value >= minimum
            ? value
            : throw LayerErrors.TooSmall(this, setting, value, minimum);

    /// <summary>The setting, or an exception where it is too small.</summary>
    private protected int RequireAtLeast(int value, int minimum, string setting)
        => value >= minimum
            ? value
            : throw LayerErrors.TooSmall(this, setting, value, minimum);

    /// <summary>The setting, or an exception where one of its parts is too small.</summary>
    private protected Size2d RequireAtLeast(Size2d value, int minimum, string setting)
    {
        RequireAtLeast(value.Height, minimum, setting);
        RequireAtLeast(value.Width, minimum, setting);
        return value;
    }
}
