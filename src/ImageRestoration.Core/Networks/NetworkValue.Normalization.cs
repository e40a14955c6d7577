namespace ImageRestoration.Networks;

/// <content>Normalisation and scaling of channels.</content>
public sealed partial class NetworkValue
{
    /// <summary>Appends batch normalisation, as <c>torch.nn.BatchNorm2d</c>.</summary>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="momentum">Share of the running statistics that each training step replaces.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue BatchNorm2d(float eps = 1e-5f, float momentum = 0.1f, string? name = null)
        => _builder.Append(new BatchNorm2dLayer(_builder.NameFor(name, "batchnorm"), Name, Channels, eps, momentum));

    /// <summary>Appends normalisation of each pixel over its channels, as NAFNet's <c>LayerNorm2d</c>.</summary>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="affine">Whether it has weight and bias.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue LayerNorm2d(float eps = 1e-6f, bool affine = true, string? name = null)
        => _builder.Append(new LayerNorm2dLayer(_builder.NameFor(name, "layernorm"), Name, Channels, eps, affine));

    /// <summary>Appends normalisation of groups of channels over the whole picture, as <c>torch.nn.GroupNorm</c>.</summary>
    /// <param name="numGroups">Number of groups; divides the channels.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="affine">Whether it has weight and bias.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue GroupNorm(int numGroups, float eps = 1e-5f, bool affine = true, string? name = null)
        => _builder.Append(new GroupNormLayer(_builder.NameFor(name, "groupnorm"), Name, numGroups, Channels, eps, affine));

    /// <summary>Appends a learned scale and offset of each channel, either of which may be left out.</summary>
    /// <param name="initialScale">What the weights are before training; 0 lets a residual branch start as nothing.</param>
    /// <param name="scale">Whether there is a weight.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The layer's result.</returns>
    public NetworkValue Scale2d(float initialScale = 1, bool scale = true, bool bias = false, string? name = null)
        => _builder.Append(new Scale2dLayer(_builder.NameFor(name, "scale"), Name, Channels, initialScale, scale, bias));
}
