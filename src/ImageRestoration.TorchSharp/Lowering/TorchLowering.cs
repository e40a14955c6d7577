using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

// torch has an UpsampleMode of its own.
using UpsampleMode = ImageRestoration.Networks.UpsampleMode;

namespace ImageRestoration.TorchSharp;

/// <summary>One declared layer as torch operations. Weights are float32 and are cast here where a layer profits.</summary>
internal static partial class TorchLowering
{
    internal static Tensor Apply(
        Layer layer,
        ReadOnlySpan<Tensor> inputs,
        IReadOnlyDictionary<string, Tensor> weights,
        ComputePrecision precision,
        bool training = false)
        => layer switch
    {
        Conv2dLayer l => Conv2d(l, inputs[0], weights, precision),
        ConvTranspose2dLayer l => ConvTranspose2d(l, inputs[0], weights, precision),
        ActivationLayer l => Activation(l, inputs[0]),
        Pool2dLayer { Pool: PoolKind.Max } l => F.max_pool2d(inputs[0], Pair(l.KernelSize), Pair(l.Stride), Pair(l.Padding)),
        Pool2dLayer l => F.avg_pool2d(inputs[0], Pair(l.KernelSize), Pair(l.Stride), Pair(l.Padding)),
        UpsampleLayer l => Upsample(l, inputs[0]),
        PixelShuffleLayer l => F.pixel_shuffle(inputs[0], l.UpscaleFactor),
        PixelUnshuffleLayer l => F.pixel_unshuffle(inputs[0], l.DownscaleFactor),
        AddLayer => Fold(inputs, static (a, b) => a.Plus(b)),
        MulLayer => Fold(inputs, static (a, b) => a * b),
        DivLayer l => inputs[0] / (l.Eps == 0 ? inputs[1] : inputs[1].Plus(l.Eps)),
        AffineLayer l => (inputs[0] * Keep(l.Scale)).Plus(l.Offset),
        LinearLayer l => Linear(l, inputs[0], weights, precision),
        PReLULayer l => F.prelu(TorchTensors.Widen(inputs[0]), weights[l.Name + ".weight"]),
        GlobalAvgPoolLayer => F.adaptive_avg_pool2d(TorchTensors.Widen(inputs[0]), [1, 1]),
        BatchNorm2dLayer l => BatchNorm2d(l, inputs[0], weights, training),
        LayerNorm2dLayer l => LayerNorm2d(l, inputs[0], weights),
        GroupNormLayer l => GroupNorm(l, inputs[0], weights),
        Scale2dLayer l => Scale2d(l, inputs[0], weights),
        Pad2dLayer l => Pad2d(l, inputs[0]),
        SliceLayer l => inputs[0].narrow(1, l.Start, l.Count),
        ConcatLayer => torch.cat(inputs.ToArray(), 1),
        _ => throw new UnsupportedLayerException(TorchRuntime.BackendName, layer.Name, layer.Kind),
    };

    /// <summary>Throws for the first layer that <see cref="Apply"/> does not know, before anything runs.</summary>
    internal static void ThrowIfUnsupported(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            if (layer is not (Conv2dLayer or ConvTranspose2dLayer or ActivationLayer or Pool2dLayer or UpsampleLayer
                or PixelShuffleLayer or PixelUnshuffleLayer or AddLayer or MulLayer or ConcatLayer or DivLayer or AffineLayer
                or LinearLayer or PReLULayer or GlobalAvgPoolLayer or BatchNorm2dLayer or LayerNorm2dLayer or GroupNormLayer
                or Scale2dLayer or Pad2dLayer or SliceLayer))
            {
                throw new UnsupportedLayerException(TorchRuntime.BackendName, layer.Name, layer.Kind);
            }
        }
    }

    private static Tensor Conv2d(Conv2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights, ComputePrecision precision)
        => Conv2d(layer, input, weights[layer.Name + ".weight"], weights, precision);

    private static Tensor Linear(LinearLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights, ComputePrecision precision)
        => Conv2d(
            layer.AsConvolution(),
            input,
            weights[layer.Name + ".weight"].reshape(layer.OutFeatures, layer.InFeatures, 1, 1),
            weights,
            precision);

    private static Tensor Conv2d(
        Conv2dLayer layer, Tensor input, Tensor weight, IReadOnlyDictionary<string, Tensor> weights, ComputePrecision precision)
        => Convolve(
            input,
            weight,
            layer.Bias ? weights[layer.Name + ".bias"] : null,
            Pair(layer.Stride),
            Pair(layer.Padding),
            Pair(layer.Dilation),
            layer.Groups,
            precision);

    /// <summary>In 16 bits all three operands lie channels-last, for which libtorch has the fastest kernels.</summary>
    private static Tensor Convolve(
        Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] dilation, long groups, ComputePrecision precision)
    {
        if (precision != ComputePrecision.Float32)
        {
            ScalarType narrow = precision == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float16;
            weight = TorchTensors.ToChannelsLast(weight.to(narrow));
            bias = bias?.to(narrow);
            if (input.dtype != narrow)
            {
                input = TorchTensors.ToChannelsLast(input.to(narrow));
            }
        }
        else
        {
            input = TorchTensors.Widen(input);
        }

        return ChannelPadding.IsNeeded && input.device_type == DeviceType.CPU
            ? ChannelPadding.Conv2d(input, weight, bias, stride, padding, dilation, groups)
            : F.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }

    private static Tensor Activation(ActivationLayer layer, Tensor input) => layer.Function switch
    {
        ActivationFunction.ReLU => F.relu(input),
        ActivationFunction.LeakyReLU => input.leaky_relu(Keep(layer.NegativeSlope)),
        ActivationFunction.GELU => F.gelu(input),
        ActivationFunction.SiLU => F.silu(input),
        ActivationFunction.Sigmoid => input.sigmoid(),
        ActivationFunction.Tanh => input.tanh(),
        ActivationFunction.Softplus => F.softplus(input),
        _ => throw new UnsupportedLayerException(TorchRuntime.BackendName, layer.Name, layer.Kind),
    };

    private static Tensor Upsample(UpsampleLayer layer, Tensor input)
    {
        double[] factor = [layer.ScaleFactor, layer.ScaleFactor];
        return layer.Mode == UpsampleMode.Nearest
            ? F.interpolate(input, scale_factor: factor, mode: InterpolationMode.Nearest)
            : F.interpolate(input, scale_factor: factor, mode: InterpolationMode.Bilinear, align_corners: false);
    }

    private static Tensor Fold(ReadOnlySpan<Tensor> inputs, Func<Tensor, Tensor, Tensor> combine)
    {
        Tensor result = combine(inputs[0], inputs[1]);
        for (int i = 2; i < inputs.Length; i++)
        {
            result = combine(result, inputs[i]);
        }

        return result;
    }

    private static long[] Pair(Size2d size) => [size.Height, size.Width];
}
