using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Transposed convolution, as <c>torch.nn.ConvTranspose2d</c> without dilation and groups.</summary>
public sealed record ConvTranspose2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="inChannels">Channels it takes.</param>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Upscaling step; defaults to 1 where <see langword="null"/>.</param>
    /// <param name="padding">Pixels cut from each side of the result.</param>
    /// <param name="outputPadding">Pixels added at the bottom and right of the result; below the stride.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public ConvTranspose2dLayer(
        string name, string input, int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default,
        Size2d outputPadding = default, bool bias = true)
        : base(name, [input])
    {
        InChannels = RequireAtLeast(inChannels, 1, nameof(inChannels));
        OutChannels = RequireAtLeast(outChannels, 1, nameof(outChannels));
        KernelSize = RequireAtLeast(kernelSize, 1, nameof(kernelSize));
        Stride = RequireAtLeast(stride ?? 1, 1, nameof(stride));
        Padding = RequireAtLeast(padding, 0, nameof(padding));
        OutputPadding = RequireAtLeast(outputPadding, 0, nameof(outputPadding));
        Bias = bias;
        if (OutputPadding.Height >= Stride.Height || OutputPadding.Width >= Stride.Width)
        {
            throw LayerErrors.LargeOutputPadding(this, outputPadding);
        }
    }

    /// <inheritdoc/>
    public override string Kind => "ConvTranspose2d";

    /// <summary>Channels it takes.</summary>
    public int InChannels { get; }

    /// <summary>Channels it makes.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the kernel.</summary>
    public Size2d KernelSize { get; }

    /// <summary>Upscaling step.</summary>
    public Size2d Stride { get; }

    /// <summary>Pixels cut from each side of the result.</summary>
    public Size2d Padding { get; }

    /// <summary>Pixels added at the bottom and right of the result.</summary>
    public Size2d OutputPadding { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
    {
        get
        {
            // PyTorch computes the fan-in of a transposed convolution from its second dimension.
            int fanIn = checked(OutChannels * KernelSize.Height * KernelSize.Width);
            return WeightAndBias([InChannels, OutChannels, KernelSize.Height, KernelSize.Width], fanIn, OutChannels, Bias);
        }
    }

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, InChannels, OutChannels);

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input) => input.Grow(-1).Scale(Stride.Along(axis)).Grow(Border(axis));

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input) => checked((int)(((input - 1L) * Stride.Along(axis)) + Border(axis)));

    /// <inheritdoc/>
    /// <remarks>With a kernel smaller than the stride, some positions hold the bias alone; their range is larger than need be.</remarks>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
    {
        int stride = Stride.Along(axis), padding = Padding.Along(axis), kernel = KernelSize.Along(axis);

        // Output o sums input i with kernel tap o + padding − i × stride, which lies in [0, kernel − 1].
        long first = AffineSize.FloorDivide(output.First + padding - kernel + stride, stride);
        long last = AffineSize.FloorDivide(output.Last + padding, stride);
        return new PixelInterval(Math.Min(first, last), Math.Max(first, last));
    }

    /// <inheritdoc/>
    public override double MacsPerPosition(ImmutableArray<int> inputChannels)
        => (double)OutChannels * InChannels * KernelSize.Height * KernelSize.Width / ((double)Stride.Height * Stride.Width);

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("in_channels", InChannels);
        writer.WriteNumber("out_channels", OutChannels);
        writer.WriteSize("kernel_size", KernelSize);
        writer.WriteSize("stride", Stride);
        writer.WriteSize("padding", Padding);
        writer.WriteSize("output_padding", OutputPadding);
        writer.WriteBoolean("bias", Bias);
    }

    private long Border(SpatialAxis axis) => KernelSize.Along(axis) - (2L * Padding.Along(axis)) + OutputPadding.Along(axis);
}
