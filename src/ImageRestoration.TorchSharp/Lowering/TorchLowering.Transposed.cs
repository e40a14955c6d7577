using ImageRestoration.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <content>
/// Transposed convolutions as ordinary ones. Each of the stride² phases of the output is a convolution of the input with every stride-th tap
/// of the kernel; all of them together are one convolution to channels × stride² channels, whose channels then become pixels (Shi et al.
/// 2016, arXiv:1609.07009). Ordinary convolutions have fast kernels everywhere and in bfloat16; those for transposed ones are slow in some
/// versions of libtorch, and on the CPU wrong in bfloat16.
/// </content>
internal static partial class TorchLowering
{
    private static Tensor ConvTranspose2d(ConvTranspose2dLayer layer, Tensor input, IReadOnlyDictionary<string, Tensor> weights, ComputePrecision precision)
    {
        Phases rows = Phases.Along(SpatialAxis.Height, layer, input.shape[2]), columns = Phases.Along(SpatialAxis.Width, layer, input.shape[3]);
        long outputs = layer.OutChannels, phases = rows.Stride * columns.Stride;

        // Input channels × output channels × kernel to (output channels × phases) × input channels × taps.
        Tensor weight = F.pad(weights[layer.Name + ".weight"], [columns.Before, columns.After, rows.Before, rows.After])
            .reshape(layer.InChannels, outputs, rows.Taps, rows.Stride, columns.Taps, columns.Stride);
        weight = Reverse(Reverse(weight, 2), 4).permute(1, 3, 5, 0, 2, 4).reshape(outputs * phases, layer.InChannels, rows.Taps, columns.Taps);
        Tensor? bias = layer.Bias ? weights[layer.Name + ".bias"].unsqueeze(1).expand(outputs, phases).reshape(outputs * phases) : null;
        (long top, long bottom) = rows.Padding;
        (long left, long right) = columns.Padding;
        bool isEven = top == bottom && left == right && top >= 0 && left >= 0;
        Tensor result = Convolve(isEven ? input : F.pad(input, [left, right, top, bottom]), weight, bias, [1, 1], isEven ? [top, left] : [0, 0], [1, 1], 1, precision);
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
        return length == 1 ? value : torch.cat([.. Enumerable.Range(1, length).Select(i => value.narrow(dimension, length - i, 1))], dimension);
    }

    /// <summary>The phases along one axis: output o takes tap t of input i where o + padding = stride × i + t.</summary>
    /// <param name="Stride">Number of phases.</param>
    /// <param name="Taps">Taps of each, zeros included.</param>
    /// <param name="Before">Zeros before the kernel's first tap.</param>
    /// <param name="After">Zeros behind its last.</param>
    /// <param name="Padding">Zeros around the input; negative where the input's border has no influence.</param>
    /// <param name="Crop">Outputs to drop at the start.</param>
    /// <param name="Length">Outputs to keep.</param>
    private readonly record struct Phases(long Stride, long Taps, long Before, long After, (long Before, long After) Padding, long Crop, long Length)
    {
        internal static Phases Along(SpatialAxis axis, ConvTranspose2dLayer layer, long input)
        {
            long kernel = layer.KernelSize.Along(axis), stride = layer.Stride.Along(axis), padding = layer.Padding.Along(axis);
            long length = layer.InferSize(axis, (int)input);
            Phases exact = Create(padding, length), whole = Create(0, padding + length);
            return exact.Taps <= whole.Taps ? exact : whole with { Crop = padding, Length = length };

            // Phase r of block q is output stride × q + r, and takes tap stride × j + r + cut of input q − j, for every j from first to last.
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
