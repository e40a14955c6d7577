namespace ImageRestoration.Networks;

/// <summary>A value in a network under construction: an input or the result of a layer. Its methods append layers and return their results.</summary>
/// <remarks>Layer names and defaults are PyTorch's. Not safe for use from several threads.</remarks>
public sealed class NetworkValue
{
    private readonly NetworkBuilder _builder;

    internal NetworkValue(NetworkBuilder builder, string name, int channels)
    {
        _builder = builder;
        Name = name;
        Channels = channels;
    }

    /// <summary>Unique name in the network.</summary>
    public string Name { get; }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    internal NetworkBuilder Builder => _builder;

    /// <summary>Adds two values of one shape.</summary>
    /// <param name="left">First summand.</param>
    /// <param name="right">Second summand.</param>
    /// <returns>The sum.</returns>
    public static NetworkValue operator +(NetworkValue left, NetworkValue right) => Required(left).Add(right);

    /// <summary>Multiplies two values of one shape elementwise.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <returns>The product.</returns>
    public static NetworkValue operator *(NetworkValue left, NetworkValue right) => Required(left).Multiply(right);

    /// <summary>Appends a convolution with zero padding, as <c>torch.nn.Conv2d</c>.</summary>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Step of the window; 1 where <see langword="null"/>.</param>
    /// <param name="padding">Zeros added on each side.</param>
    /// <param name="dilation">Distance of the kernel's taps; 1 where <see langword="null"/>.</param>
    /// <param name="groups">Number of groups that channels are split into.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Conv2d(int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d? dilation = null, int groups = 1, bool bias = true, string? name = null)
        => _builder.Append(new Conv2dLayer(_builder.NameFor(name, "conv"), Name, Channels, outChannels, kernelSize, stride, padding, dilation, groups, bias));

    /// <summary>Appends a transposed convolution, as <c>torch.nn.ConvTranspose2d</c>.</summary>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Upscaling step; 1 where <see langword="null"/>.</param>
    /// <param name="padding">Pixels cut from each side of the result.</param>
    /// <param name="outputPadding">Pixels added at the bottom and right of the result.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue ConvTranspose2d(int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d outputPadding = default, bool bias = true, string? name = null)
        => _builder.Append(new ConvTranspose2dLayer(_builder.NameFor(name, "deconv"), Name, Channels, outChannels, kernelSize, stride, padding, outputPadding, bias));

    /// <summary>Appends max(x, 0).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue ReLU(string? name = null) => Activation(ActivationFunction.ReLU, name: name);

    /// <summary>Appends x where x ≥ 0, otherwise slope × x.</summary>
    /// <param name="negativeSlope">Slope below zero.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue LeakyReLU(float negativeSlope = 0.01f, string? name = null) => Activation(ActivationFunction.LeakyReLU, negativeSlope, name);

    /// <summary>Appends x × Φ(x), exact form.</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue GELU(string? name = null) => Activation(ActivationFunction.GELU, name: name);

    /// <summary>Appends x × sigmoid(x).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue SiLU(string? name = null) => Activation(ActivationFunction.SiLU, name: name);

    /// <summary>Appends 1 / (1 + exp(−x)).</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Sigmoid(string? name = null) => Activation(ActivationFunction.Sigmoid, name: name);

    /// <summary>Appends the hyperbolic tangent.</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Tanh(string? name = null) => Activation(ActivationFunction.Tanh, name: name);

    /// <summary>Appends an elementwise non-linear function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="negativeSlope">Slope of <see cref="ActivationFunction.LeakyReLU"/> below zero.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Activation(ActivationFunction function, float negativeSlope = 0.01f, string? name = null)
        => _builder.Append(new ActivationLayer(_builder.NameFor(name, function.ToString().ToLowerInvariant()), Name, function, negativeSlope));

    /// <summary>Appends the maximum over windows, as <c>torch.nn.MaxPool2d</c>.</summary>
    /// <param name="kernelSize">Height and width of the window.</param>
    /// <param name="stride">Step of the window; the kernel size where <see langword="null"/>.</param>
    /// <param name="padding">Padding on each side.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue MaxPool2d(Size2d kernelSize, Size2d? stride = null, Size2d padding = default, string? name = null)
        => _builder.Append(new Pool2dLayer(_builder.NameFor(name, "maxpool"), Name, PoolKind.Max, kernelSize, stride, padding));

    /// <summary>Appends the mean over windows, as <c>torch.nn.AvgPool2d</c>.</summary>
    /// <param name="kernelSize">Height and width of the window.</param>
    /// <param name="stride">Step of the window; the kernel size where <see langword="null"/>.</param>
    /// <param name="padding">Zeros added on each side.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue AvgPool2d(Size2d kernelSize, Size2d? stride = null, Size2d padding = default, string? name = null)
        => _builder.Append(new Pool2dLayer(_builder.NameFor(name, "avgpool"), Name, PoolKind.Average, kernelSize, stride, padding));

    /// <summary>Appends an enlargement by a whole factor, as <c>torch.nn.Upsample</c>.</summary>
    /// <param name="scaleFactor">Factor, at least 1.</param>
    /// <param name="mode">How new pixels are filled.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Upsample(int scaleFactor, UpsampleMode mode = UpsampleMode.Nearest, string? name = null)
        => _builder.Append(new UpsampleLayer(_builder.NameFor(name, "upsample"), Name, scaleFactor, mode));

    /// <summary>Appends a move of channels into space, as <c>torch.nn.PixelShuffle</c>.</summary>
    /// <param name="upscaleFactor">Factor, at least 1.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue PixelShuffle(int upscaleFactor, string? name = null)
        => _builder.Append(new PixelShuffleLayer(_builder.NameFor(name, "pixelshuffle"), Name, upscaleFactor));

    /// <summary>Appends a move of space into channels, as <c>torch.nn.PixelUnshuffle</c>.</summary>
    /// <param name="downscaleFactor">Factor, at least 1.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue PixelUnshuffle(int downscaleFactor, string? name = null)
        => _builder.Append(new PixelUnshuffleLayer(_builder.NameFor(name, "pixelunshuffle"), Name, downscaleFactor));

    /// <summary>Appends an elementwise sum with a value of the same shape.</summary>
    /// <param name="other">The other summand.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Add(NetworkValue other, string? name = null)
        => _builder.Append(new AddLayer(_builder.NameFor(name, "add"), [Name, Sibling(other).Name]));

    /// <summary>Appends an elementwise product with a value of the same shape.</summary>
    /// <param name="other">The other factor.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Multiply(NetworkValue other, string? name = null)
        => _builder.Append(new MulLayer(_builder.NameFor(name, "mul"), [Name, Sibling(other).Name]));

    /// <summary>Joins this value with others of the same size along the channels.</summary>
    /// <param name="others">The others, in order.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Concat(IEnumerable<NetworkValue> others, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(others);
        return _builder.Append(new ConcatLayer(_builder.NameFor(name, "concat"), [Name, .. others.Select(o => Sibling(o).Name)]));
    }

    private static NetworkValue Required(NetworkValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private NetworkValue Sibling(NetworkValue other)
        => Required(other)._builder == _builder
            ? other
            : throw new ArgumentException($"Value '{other.Name}' belongs to another NetworkBuilder. Combine values of one builder only.", nameof(other));
}
