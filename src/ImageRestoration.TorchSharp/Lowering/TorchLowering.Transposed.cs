using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <content>
/// Transposed convolutions, two ways. In float32 on the CPU they are libtorch's own. In 16 bits they become ordinary ones: each of the
/// stride² phases of the output is a convolution of the input with every stride-th tap of the kernel; all of them together are one
/// convolution to channels × stride² channels, whose channels then become pixels (Shi et al. 2016, arXiv:1609.07009). libtorch's are
/// right in bfloat16 by now; which way is taken is a matter of speed. Forward and backward with libtorch 2.10 on one thread, time of
/// phases by that of libtorch's, medians of interleaved rounds: kernel 3 with 64 channels (the convolutional autoencoder's) 3.0 to 5.4 in
/// float32 and 0.8 to 1.0 in bfloat16; kernels 2 and 4, 128 to 64 channels, 1.3 to 3.6 and 0.5 to 1.0; kernel 2, 256 to 128, 1.0 to 1.4
/// and 0.8 to 0.9; kernel 4 to 3 channels 0.2 to 0.3 in both where <see cref="ChannelPadding"/> is needed. In bfloat16 libtorch's forward
/// pass is the faster, 1.2 to 2.3, but for few channels, and its backward pass the slower by more.
/// </content>
internal static partial class TorchLowering
{
    private static Tensor ConvTranspose2d(
        ConvTranspose2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights, ComputePrecision precision)
    {
        // Where channels of zeros must be added, phases need fewer of them: they have stride² times the output channels.
        Tensor weight = weights[layer.Name + ".weight"];
        Tensor? bias = layer.Bias ? weights[layer.Name + ".bias"] : null;
        return precision == ComputePrecision.Float32 && input.device_type == DeviceType.CPU
            && ChannelPadding.AddsNothingTo(layer.InChannels, layer.OutChannels)
            ? F.conv_transpose2d(
                TorchTensors.Widen(input), weight, bias, Pair(layer.Stride), Pair(layer.Padding), Pair(layer.OutputPadding))
            : ConvolvePhases(layer, input, weight, bias, precision);
    }

    /// <summary>A transposed convolution as an ordinary one.</summary>
    internal static Tensor ConvolvePhases(ConvTranspose2dLayer layer, Tensor input, Tensor weight, Tensor? bias, ComputePrecision precision)
    {
        Phases rows = Phases.Along(SpatialAxis.Height, layer, input.shape[2]);
        Phases columns = Phases.Along(SpatialAxis.Width, layer, input.shape[3]);
        long outputs = layer.OutChannels, phases = rows.Stride * columns.Stride;

        // Input channels × output channels × kernel to (output channels × phases) × input channels × taps.
        weight = F.pad(weight, [columns.Before, columns.After, rows.Before, rows.After])
            .reshape(layer.InChannels, outputs, rows.Taps, rows.Stride, columns.Taps, columns.Stride);
        weight = Reverse(Reverse(weight, 2), 4).permute(1, 3, 5, 0, 2, 4)
            .reshape(outputs * phases, layer.InChannels, rows.Taps, columns.Taps);
        bias = bias?.unsqueeze(1).expand(outputs, phases).reshape(outputs * phases);
        (long top, long bottom) = rows.Padding;
        (long left, long right) = columns.Padding;
        bool isEven = top == bottom && left == right && top >= 0 && left >= 0;
        Tensor padded = isEven ? input : F.pad(input, [left, right, top, bottom]);
        Tensor result = Convolve(padded, weight, bias, [1, 1], isEven ? [top, left] : [0, 0], [1, 1], 1, precision);
        return Crop(Crop(Interleave(result, rows.Stride, columns.Stride), 2, rows), 3, columns);
    }

    /// <summary>Phases in the channels become pixels.</summary>
    private static Tensor Interleave(Tensor value, long rowStride, long columnStride)
    {
        if (rowStride == columnStride)
        {
            return rowStride == 1 ? value : F.pixel_shuffle(value, rowStride);
        }

        long[] shape = value.shape;
        long channels = shape[1] / (rowStride * columnStride);
        return value.reshape(shape[0], channels, rowStride, columnStride, shape[2], shape[3])
            .permute(0, 1, 4, 2, 5, 3)
            .reshape(shape[0], channels, shape[2] * rowStride, shape[3] * columnStride);
    }

    private static Tensor Crop(Tensor value, int dimension, Phases phases)
        => phases.Crop == 0 && value.shape[dimension] == phases.Length ? value : value.narrow(dimension, phases.Crop, phases.Length);

    private static Tensor Reverse(Tensor value, int dimension)
    {
        int length = (int)value.shape[dimension];
        return length == 1
            ? value
            : torch.cat([.. Enumerable.Range(1, length).Select(i => value.narrow(dimension, length - i, 1))], dimension);
    }

    /// <summary>The phases along one axis: output o takes tap t of input i where o + padding = stride × i + t.</summary>
    /// <param name="Stride">Number of phases.</param>
    /// <param name="Taps">Taps of each, zeros included.</param>
    /// <param name="Before">Zeros before the kernel's first tap.</param>
    /// <param name="After">Zeros behind its last.</param>
    /// <param name="Padding">Zeros around the input; negative where the input's border has no influence.</param>
    /// <param name="Crop">Outputs to drop at the start.</param>
    /// <param name="Length">Outputs to keep.</param>
    private readonly record struct Phases(
        long Stride, long Taps, long Before, long After, (long Before, long After) Padding, long Crop, long Length)
    {
        internal static Phases Along(SpatialAxis axis, ConvTranspose2dLayer layer, long input)
        {
            long kernel = layer.KernelSize.Along(axis), stride = layer.Stride.Along(axis), padding = layer.Padding.Along(axis);
            long length = layer.InferSize(axis, (int)input);
            Phases exact = Create(padding, length), whole = Create(0, padding + length);
            return exact.Taps <= whole.Taps ? exact : whole with { Crop = padding, Length = length };

            // Phase r of block q is output stride × q + r, and takes tap stride × j + r + cut of input q − j, for every j from first to
            // last.
            Phases Create(long cut, long outputs)
            {
                long first = -((stride - 1 + cut) / stride), last = FloorDivide(kernel - 1 - cut, stride), taps = last - first + 1;
                long before = -((stride * first) + cut), blocks = (outputs + stride - 1) / stride;
                return new Phases(stride, taps, before, (stride * taps) - before - kernel, (last, blocks - first - input), 0, outputs);
            }
        }

        private static long FloorDivide(long value, long divisor) => (value >= 0 ? value : value - divisor + 1) / divisor;
    }
}
