namespace ImageRestoration.Networks;

/// <content>Convolutions that know about missing pixels, composed of other layers.</content>
public sealed partial class NetworkValue
{
    /// <summary>
    /// Appends a partial convolution: missing pixels count for nothing, and sums are scaled up by the share that is known. Where nothing
    /// in the window is known, the result is 0 (Liu et al. 2018, arXiv:1804.07723, equations 1 and 2).
    /// </summary>
    /// <remarks>The weight is called <c>NAME.weight</c> and the bias <c>NAME.shift.bias</c>.</remarks>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="known">One channel: 1 where pixels are known, 0 where they are missing. From a mask: <c>mask.Affine(-1, 1)</c>.</param>
    /// <param name="stride">Step of the window; 1 where <see langword="null"/>.</param>
    /// <param name="padding">Missing pixels added on each side, at most half the kernel.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The features, and what is known of them: 1 wherever the window saw a known pixel.</returns>
    public (NetworkValue Features, NetworkValue Known) PartialConv2d(int outChannels, Size2d kernelSize, NetworkValue known, Size2d? stride = null, Size2d padding = default, bool bias = true, string? name = null)
    {
        if (Sibling(known).Channels != 1)
        {
            throw new TensorShapeException($"'{known.Name}' has {known.Channels} channels; what is known of '{Name}' is one channel for all.");
        }

        string own = _builder.NameFor(name, "partial");
        NetworkValue sums = _builder.Append(new MulLayer($"{own}.masked", [Name, known.Name]));
        sums = _builder.Append(new Conv2dLayer(own, sums.Name, Channels, outChannels, kernelSize, stride, padding, bias: false));
        NetworkValue share = _builder.Append(new Pool2dLayer($"{own}.share", known.Name, PoolKind.Average, kernelSize, stride ?? 1, padding));
        NetworkValue any = _builder.Append(new Pool2dLayer($"{own}.known", known.Name, PoolKind.Max, kernelSize, stride ?? 1, padding));
        NetworkValue features = _builder.Append(new DivLayer($"{own}.scaled", sums.Name, share.Name, SmallestShare));
        if (bias)
        {
            features = _builder.Append(new Scale2dLayer($"{own}.shift", features.Name, outChannels, scale: false, bias: true));
        }

        // Backends that sum in a transform domain leave roundings where all is 0, and the division makes them large.
        return (_builder.Append(new MulLayer($"{own}.result", [features.Name, any.Name])), any);
    }

    /// <summary>
    /// Appends a gated convolution: one convolution makes features, another how much of each counts, from 0 to 1 (Yu et al. 2019,
    /// arXiv:1806.03589, section 3.1). It learns itself which pixels to trust.
    /// </summary>
    /// <remarks>Parameters are called <c>NAME.features.weight</c>, <c>NAME.gate.weight</c> and so on.</remarks>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernels.</param>
    /// <param name="stride">Step of the windows; 1 where <see langword="null"/>.</param>
    /// <param name="padding">Zeros added on each side.</param>
    /// <param name="dilation">Distance of the kernels' taps; 1 where <see langword="null"/>.</param>
    /// <param name="activation">Appends the function of the features; none where <see langword="null"/>.</param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The product of both.</returns>
    public NetworkValue GatedConv2d(int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d? dilation = null, Func<NetworkValue, NetworkValue>? activation = null, string? name = null)
    {
        string own = _builder.NameFor(name, "gated");
        NetworkValue features = _builder.Append(new Conv2dLayer($"{own}.features", Name, Channels, outChannels, kernelSize, stride, padding, dilation));
        NetworkValue gate = _builder.Append(new Conv2dLayer($"{own}.gate", Name, Channels, outChannels, kernelSize, stride, padding, dilation));
        NetworkValue open = _builder.Append(new ActivationLayer($"{own}.open", gate.Name, ActivationFunction.Sigmoid));
        features = activation is null ? features : activation(features);
        return _builder.Append(new MulLayer(own, [features.Name, open.Name]));
    }
}
