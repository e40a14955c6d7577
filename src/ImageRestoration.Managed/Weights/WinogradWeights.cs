using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Weights of a 3×3 convolution in the transform domain of Winograd's F(4×4, 3×3): 36 matrices of input × output channels, of which each
/// takes one of 36 values of an input tile of 6×6 pixels to one of an output tile of 4×4. 2.25 multiplications a pixel instead of 9.
/// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015), section 4.
/// </summary>
internal sealed record WinogradWeights(
    int InChannels,
    int OutChannels,
    int PaddingY,
    int PaddingX,
    ImmutableArray<OutputGroup> Groups,
    PackedWeights Weights,
    PackedWeights Bias)
{
    /// <summary>Output pixels of a tile along each axis.</summary>
    internal const int OutputTile = 4;

    /// <summary>Input pixels of a tile along each axis.</summary>
    internal const int InputTile = 6;

    /// <summary>Values of a tile in the transform domain.</summary>
    internal const int Positions = InputTile * InputTile;

    /// <summary>Fewer channels than a block leave too little work to make up for the transforms.</summary>
    private const int FewestChannels = ValueLayout.Lanes;

    /// <summary>The matrix G of the paper, 6×3, row by row.</summary>
    private static readonly double[] _kernelTransform =
    [
        1 / 4.0, 0, 0,
        -1 / 6.0, -1 / 6.0, -1 / 6.0,
        -1 / 6.0, 1 / 6.0, -1 / 6.0,
        1 / 24.0, 1 / 12.0, 1 / 6.0,
        1 / 24.0, -1 / 12.0, 1 / 6.0,
        0, 0, 1,
    ];

    /// <summary>Whether a convolution can and should be computed this way.</summary>
    internal static bool Fit(Conv2dLayer layer)
        => layer.KernelSize == 3 && layer.Stride == 1 && layer.Dilation == 1 && layer.Groups == 1
            && layer.InChannels >= FewestChannels && layer.OutChannels >= FewestChannels;

    /// <summary>Transforms and packs: position, group of output blocks, input channel, then the group's output channels.</summary>
    internal static WinogradWeights Pack(Conv2dLayer layer, NetworkWeights weights, VectorKind kind)
    {
        ReadOnlySpan<float> source = weights[layer.Name + ".weight"].Values.Span;
        (int[] channels, _) = ConvolutionPacker.OutputOrder(layer.OutChannels, shuffle: 1);
        ImmutableArray<OutputGroup> groups = ConvolutionPacker.GroupsOf(channels.Length / ValueLayout.Lanes, kind);
        int inputs = layer.InChannels;
        var packed = new PackedWeights((long)Positions * channels.Length * inputs);
        Span<double> transformed = stackalloc double[Positions];
        foreach (OutputGroup group in groups)
        {
            int lanes = group.Count * ValueLayout.Lanes, first = group.First * ValueLayout.Lanes;
            for (int input = 0; input < inputs; input++)
            {
                for (int lane = 0; lane < lanes && channels[first + lane] >= 0; lane++)
                {
                    Transform(source.Slice(((channels[first + lane] * inputs) + input) * 9, 9), transformed);
                    for (int position = 0; position < Positions; position++)
                    {
                        packed.Values[
                            (((position * channels.Length) + first) * inputs) + (input * lanes) + lane] = (float)transformed[position];
                    }
                }
            }
        }

        PackedWeights bias = ConvolutionPacker.PackBias(channels, layer.Bias ? weights[layer.Name + ".bias"].Values.Span : []);
        return new WinogradWeights(inputs, layer.OutChannels, layer.Padding.Height, layer.Padding.Width, groups, packed, bias);
    }

    /// <summary>Border that the tiles reach into; the last tile of a row or column may be incomplete and is read in full.</summary>
    internal Halo HaloFor(int inputHeight, int inputWidth, int height, int width)
        => new(
            PaddingY,
            Math.Max(0, RoundUp(height) + 2 - PaddingY - inputHeight),
            PaddingX,
            Math.Max(0, RoundUp(width) + 2 - PaddingX - inputWidth));

    private static int RoundUp(int extent) => (extent + OutputTile - 1) / OutputTile * OutputTile;

    /// <summary>G k Gᵀ, in double precision: the transform's own rounding is not repeated at every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(ReadOnlySpan<float> kernel, Span<double> transformed)
    {
        ReadOnlySpan<double> g = _kernelTransform;
        for (int y = 0; y < InputTile; y++)
        {
            double g0 = g[3 * y], g1 = g[(3 * y) + 1], g2 = g[(3 * y) + 2];
            double a = (g0 * kernel[0]) + (g1 * kernel[3]) + (g2 * kernel[6]);
            double b = (g0 * kernel[1]) + (g1 * kernel[4]) + (g2 * kernel[7]);
            double c = (g0 * kernel[2]) + (g1 * kernel[5]) + (g2 * kernel[8]);
            for (int x = 0; x < InputTile; x++)
            {
                transformed[(y * InputTile) + x] = (g[3 * x] * a) + (g[(3 * x) + 1] * b) + (g[(3 * x) + 2] * c);
            }
        }
    }
}
