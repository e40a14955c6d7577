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
    /// <param name="skip">
    /// Features of a skip connection, which are joined to this value along the channels, and what is known of them, of one channel. Each
    /// channel then counts as known where its own source is, as in section 3.2 of the paper.
    /// </param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The features, and what is known of them: 1 wherever the window saw a known pixel.</returns>
    public (NetworkValue Features, NetworkValue Known) PartialConv2d(
        int outChannels, Size2d kernelSize, NetworkValue known, Size2d? stride = null, Size2d padding = default, bool bias = true,
        (NetworkValue Features, NetworkValue Known)? skip = null, string? name = null)
    {
        string own = _builder.NameFor(name, "partial");
        NetworkValue seen = Masked(known, $"{own}.masked"), knownShare = known;
        if (skip is { } other)
        {
            NetworkValue more = Sibling(other.Features).Masked(other.Known, $"{own}.skip_masked");
            seen = _builder.Append(new ConcatLayer($"{own}.joined", [seen.Name, more.Name]));
            float part = (float)Channels / seen.Channels, otherPart = (float)more.Channels / seen.Channels;
            NetworkValue mine = _builder.Append(new AffineLayer($"{own}.part", known.Name, part, 0));
            NetworkValue its = _builder.Append(new AffineLayer($"{own}.skip_part", other.Known.Name, otherPart, 0));
            knownShare = _builder.Append(new AddLayer($"{own}.parts", [mine.Name, its.Name]));
        }

        Size2d step = stride ?? 1;
        NetworkValue sums = _builder.Append(
            new Conv2dLayer(own, seen.Name, seen.Channels, outChannels, kernelSize, step, padding, bias: false));
        NetworkValue share = _builder.Append(
            new Pool2dLayer($"{own}.share", knownShare.Name, PoolKind.Average, kernelSize, step, padding));
        NetworkValue any = _builder.Append(new Pool2dLayer($"{own}.known", knownShare.Name, PoolKind.Max, kernelSize, step, padding));
        if (skip is not null)
        {
            // Where only one of both is known, the maximum is its share of the channels: divided by itself it is 1, and 0 stays 0.
            any = _builder.Append(new DivLayer($"{own}.any", any.Name, any.Name, SmallestShare));
        }

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
    /// <param name="singleGate">
    /// Whether one gate opens and closes all channels of a pixel, which needs little more than half of the operations: the single-channel
    /// gates of Yi et al. 2020 (arXiv:2005.09704).
    /// </param>
    /// <param name="name">Unique name; made from kind and number where <see langword="null"/>.</param>
    /// <returns>The product of both.</returns>
    public NetworkValue GatedConv2d(
        int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default, Size2d? dilation = null,
        Func<NetworkValue, NetworkValue>? activation = null, bool singleGate = false, string? name = null)
    {
        string own = _builder.NameFor(name, "gated");
        NetworkValue features = Convolve("features", outChannels), gate = Convolve("gate", singleGate ? 1 : outChannels);
        NetworkValue open = _builder.Append(new ActivationLayer($"{own}.open", gate.Name, ActivationFunction.Sigmoid));
        features = activation is null ? features : activation(features);
        return _builder.Append(new MulLayer(own, [features.Name, open.Name]));

        NetworkValue Convolve(string part, int channels)
            => _builder.Append(new Conv2dLayer($"{own}.{part}", Name, Channels, channels, kernelSize, stride, padding, dilation));
    }

    private NetworkValue Masked(NetworkValue known, string name)
        => Sibling(known).Channels == 1
            ? _builder.Append(new MulLayer(name, [Name, known.Name]))
            : throw NetworkErrors.NotKnown(known, this);
}
