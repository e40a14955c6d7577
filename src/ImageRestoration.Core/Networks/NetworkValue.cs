namespace ImageRestoration.Networks;

/// <summary>
/// A value in a network under construction: an input or the result of a layer. Its methods append layers and return their results.
/// </summary>
/// <remarks>Layer names and defaults are PyTorch's. Not safe for use from several threads.</remarks>
public sealed partial class NetworkValue
{
    /// <summary>Keeps the division of a partial convolution finite where nothing is known.</summary>
    private const float SmallestShare = 1e-8f;
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
    public NetworkValue Conv2d(
        int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d? dilation = null, int groups = 1,
        bool bias = true, string? name = null)
        => _builder.Append(new Conv2dLayer(
            _builder.NameFor(name, "conv"), Name, Channels, outChannels, kernelSize, stride, padding, dilation, groups, bias));

    /// <summary>Appends a transposed convolution, as <c>torch.nn.ConvTranspose2d</c>.</summary>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Upscaling step; 1 where <see langword="null"/>.</param>
    /// <param name="padding">Pixels cut from each side of the result.</param>
    /// <param name="outputPadding">Pixels added at the bottom and right of the result.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue ConvTranspose2d(
        int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d outputPadding = default,
        bool bias = true, string? name = null)
        => _builder.Append(new ConvTranspose2dLayer(
            _builder.NameFor(name, "deconv"), Name, Channels, outChannels, kernelSize, stride, padding, outputPadding, bias));

    /// <summary>Appends a linear layer at every position, as <c>torch.nn.Linear</c> on the channel dimension.</summary>
    /// <param name="outFeatures">Channels it makes.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Linear(int outFeatures, bool bias = true, string? name = null)
        => _builder.Append(new LinearLayer(_builder.NameFor(name, "linear"), Name, Channels, outFeatures, bias));

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

    /// <summary>Appends the mean of each channel over the whole picture, one pixel, as <c>torch.nn.AdaptiveAvgPool2d(1)</c>.</summary>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue GlobalAvgPool(string? name = null)
        => _builder.Append(new GlobalAvgPoolLayer(_builder.NameFor(name, "globalpool"), Name));

    /// <summary>Appends pixels at the sides, as <c>torch.nn.ZeroPad2d</c>, <c>ReflectionPad2d</c> and <c>ReplicationPad2d</c>.</summary>
    /// <param name="padding">Pixels at each side; for reflection fewer than the picture has.</param>
    /// <param name="mode">What they are filled with.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Pad(Sides2d padding, PaddingMode mode = PaddingMode.Zero, string? name = null)
        => _builder.Append(new Pad2dLayer(_builder.NameFor(name, "pad"), Name, padding, mode));

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

    private static NetworkValue Required(NetworkValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private NetworkValue Sibling(NetworkValue other)
        => Required(other)._builder == _builder
            ? other
            : throw NetworkErrors.OtherBuilder(nameof(other), other, "Combine values of one builder only.");
}
