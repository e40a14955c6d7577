using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <content>Normalisation, scaling and padding. All of it in float32 or wider: sums over many values lose too much in bfloat16.</content>
internal static partial class TorchLowering
{
    /// <summary>
    /// In training by the batch's own statistics; the running ones are then moved towards them in place, the variance in its unbiased form.
    /// </summary>
    private static Tensor BatchNorm2d(BatchNorm2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights, bool training)
        => F.batch_norm(
            TorchTensors.Widen(input),
            weights[layer.Name + ".running_mean"],
            weights[layer.Name + ".running_var"],
            weights[layer.Name + ".weight"],
            weights[layer.Name + ".bias"],
            training,
            layer.Momentum,
            layer.Eps);

    /// <summary>
    /// torch normalises over the last dimensions. What comes back lies channels-last in memory, as torch's convolutions like it.
    /// </summary>
    private static Tensor LayerNorm2d(LayerNorm2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights)
        => F.layer_norm(
            TorchTensors.Widen(input).permute(0, 2, 3, 1),
            [layer.Channels],
            layer.Affine ? weights[layer.Name + ".weight"] : null,
            layer.Affine ? weights[layer.Name + ".bias"] : null,
            layer.Eps).permute(0, 3, 1, 2);

    private static Tensor GroupNorm(GroupNormLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights)
        => F.group_norm(
            TorchTensors.Widen(input),
            layer.NumGroups,
            layer.Affine ? weights[layer.Name + ".weight"] : null,
            layer.Affine ? weights[layer.Name + ".bias"] : null,
            layer.Eps);

    private static Tensor Scale2d(Scale2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights)
    {
        Tensor result = TorchTensors.Widen(input);
        result = layer.Scale ? result * weights[layer.Name + ".weight"].reshape(1, layer.Channels, 1, 1) : result;
        return layer.Bias ? result + weights[layer.Name + ".bias"].reshape(1, layer.Channels, 1, 1) : result;
    }

    private static Tensor Pad2d(Pad2dLayer layer, Tensor input)
    {
        // Innermost dimension first.
        long[] sides = [layer.Padding.Left, layer.Padding.Right, layer.Padding.Top, layer.Padding.Bottom];
        return layer.Mode switch
        {
            PaddingMode.Zero => F.pad(input, sides, PaddingModes.Constant, 0),
            PaddingMode.Reflect => F.pad(TorchTensors.Widen(input), sides, PaddingModes.Reflect),
            PaddingMode.Replicate => F.pad(TorchTensors.Widen(input), sides, PaddingModes.Replicate),
            _ => throw new UnsupportedLayerException(TorchRuntime.BackendName, layer.Name, layer.Kind),
        };
    }
}
