using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Brings the weights of convolutions into the kernels' order.</summary>
internal static class ConvolutionPacker
{
    private const int Lanes = ValueLayout.Lanes;

    /// <summary>Packs a convolution over all channels.</summary>
    /// <param name="layer">The layer; one group.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="kind">Vectors that it will be computed with.</param>
    /// <param name="shuffle">Factor of a PixelShuffle that takes the result; 1 where there is none.</param>
    internal static PackedConvolution Pack(Conv2dLayer layer, NetworkWeights weights, VectorKind kind, int shuffle)
    {
        (int[] channels, ImmutableArray<OutputBlock> blocks) = OutputOrder(layer.OutChannels, shuffle);
        ImmutableArray<OutputGroup> groups = GroupsOf(blocks.Length, kind);
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        int inChannels = layer.InChannels, height = layer.KernelSize.Height, width = layer.KernelSize.Width;
        PackedWeights packed = new((long)channels.Length * inChannels * height * width);
        var order = new WeightOrder(inChannels, height, width, groups);
        Span<float> destination = packed.Values;
        for (int i = 0, written = 0; i < order.Runs; i++)
        {
            (int input, int ky, int kx, OutputGroup group) = order[i];
            for (int lane = group.First * Lanes; lane < (group.First + group.Count) * Lanes; lane++)
            {
                destination[written++] = channels[lane] < 0
                    ? 0
                    : source[(((((channels[lane] * inChannels) + input) * height) + ky) * width) + kx];
            }
        }

        return new PackedConvolution(
            inChannels,
            blocks,
            groups,
            [PassOf(layer, packed)],
            PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []));
    }

    /// <summary>
    /// Packs a transposed convolution as plain ones: output row y sums the taps k for which y + padding − k is a multiple of the stride,
    /// so rows with the same remainder have the same taps, and each remainder is a small convolution over the input, its kernel reversed.
    /// </summary>
    internal static PackedConvolution Pack(ConvTranspose2dLayer layer, NetworkWeights weights, VectorKind kind)
    {
        (int[] channels, ImmutableArray<OutputBlock> blocks) = OutputOrder(layer.OutChannels, shuffle: 1);
        ImmutableArray<OutputGroup> groups = GroupsOf(blocks.Length, kind);
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        var passes = ImmutableArray.CreateBuilder<ConvolutionPass>();
        for (int y = 0; y < layer.Stride.Height; y++)
        {
            for (int x = 0; x < layer.Stride.Width; x++)
            {
                TransposedTaps vertical = TransposedTaps.Of(y, layer.KernelSize.Height, layer.Stride.Height, layer.Padding.Height);
                TransposedTaps horizontal = TransposedTaps.Of(x, layer.KernelSize.Width, layer.Stride.Width, layer.Padding.Width);
                PackedWeights packed = new((long)channels.Length * layer.InChannels * vertical.Count * horizontal.Count);
                var order = new WeightOrder(layer.InChannels, vertical.Count, horizontal.Count, groups);
                Span<float> destination = packed.Values;
                for (int i = 0, written = 0; i < order.Runs; i++)
                {
                    (int input, int ky, int kx, OutputGroup group) = order[i];
                    for (int lane = group.First * Lanes; lane < (group.First + group.Count) * Lanes; lane++)
                    {
                        destination[written++] = channels[lane] < 0 ? 0
                            : source[
                                (
                                    (
                                        (((input * layer.OutChannels) + channels[lane]) * layer.KernelSize.Height)
                                            + vertical.Tap(ky)) * layer.KernelSize.Width)
                                    + horizontal.Tap(kx)];
                    }
                }

                passes.Add(new ConvolutionPass
                {
                    KernelHeight = vertical.Count,
                    KernelWidth = horizontal.Count,
                    StrideY = 1,
                    StrideX = 1,
                    DilationY = 1,
                    DilationX = 1,
                    OriginY = vertical.Origin,
                    OriginX = horizontal.Origin,
                    FirstY = y,
                    FirstX = x,
                    StepY = layer.Stride.Height,
                    StepX = layer.Stride.Width,
                    Weights = packed,
                });
            }
        }

        return new PackedConvolution(
            layer.InChannels,
            blocks,
            groups,
            passes.ToImmutable(),
            PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []));
    }

    /// <summary>A plain convolution as a pass.</summary>
    internal static ConvolutionPass PassOf(Conv2dLayer layer, PackedWeights packed) => new()
    {
        KernelHeight = layer.KernelSize.Height,
        KernelWidth = layer.KernelSize.Width,
        StrideY = layer.Stride.Height,
        StrideX = layer.Stride.Width,
        DilationY = layer.Dilation.Height,
        DilationX = layer.Dilation.Width,
        OriginY = -layer.Padding.Height,
        OriginX = -layer.Padding.Width,
        Weights = packed,
    };

    /// <summary>Start values in packed order; none means zeros.</summary>
    internal static PackedWeights PackBias(int[] channels, ReadOnlySpan<float> bias)
    {
        var packed = new PackedWeights(channels.Length);
        for (int i = 0; i < channels.Length; i++)
        {
            packed.Values[i] = bias.IsEmpty || channels[i] < 0 ? 0 : bias[channels[i]];
        }

        return packed;
    }

    /// <summary>The layer's output channel at each packed lane (−1 for none), so that a PixelShuffle moves whole blocks.</summary>
    internal static (int[] Channels, ImmutableArray<OutputBlock> Blocks) OutputOrder(int outChannels, int shuffle)
    {
        int shuffled = outChannels / (shuffle * shuffle), blocksPerShift = ValueLayout.BlocksOf(shuffled);
        var blocks = ImmutableArray.CreateBuilder<OutputBlock>();
        var channels = new int[shuffle * shuffle * blocksPerShift * Lanes];
        for (int y = 0; y < shuffle; y++)
        {
            for (int x = 0; x < shuffle; x++)
            {
                for (int lane = 0; lane < blocksPerShift * Lanes; lane++)
                {
                    channels[(blocks.Count * Lanes) + (lane % Lanes)] = lane < shuffled ? (((lane * shuffle) + y) * shuffle) + x : -1;
                    if (lane % Lanes == Lanes - 1)
                    {
                        blocks.Add(new OutputBlock(lane / Lanes, y, x));
                    }
                }
            }
        }

        return (channels, blocks.ToImmutable());
    }

    /// <summary>Takes output blocks together as tiles can.</summary>
    internal static ImmutableArray<OutputGroup> GroupsOf(int blocks, VectorKind kind)
    {
        var groups = ImmutableArray.CreateBuilder<OutputGroup>();
        int first = 0;
        foreach (int size in ConvolutionTileShapes.GroupSizes(kind))
        {
            for (; first + size <= blocks; first += size)
            {
                groups.Add(new OutputGroup(first, size));
            }
        }

        return groups.ToImmutable();
    }
}
