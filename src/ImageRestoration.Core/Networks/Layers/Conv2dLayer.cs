using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Two-dimensional convolution with zero padding, as <c>torch.nn.Conv2d</c>.</summary>
public sealed record Conv2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="inChannels">Channels it takes.</param>
    /// <param name="outChannels">Channels it makes.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Step of the window; defaults to 1 where <see langword="null"/>.</param>
    /// <param name="padding">Zeros added on each side.</param>
    /// <param name="dilation">Distance of the kernel's taps; defaults to 1 where <see langword="null"/>.</param>
    /// <param name="groups">Number of groups that channels are split into.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public Conv2dLayer(
        string name, string input, int inChannels, int outChannels, Size2d kernelSize, Size2d? stride = null, Size2d padding = default,
        Size2d? dilation = null, int groups = 1, bool bias = true)
        : base(name, [input])
    {
        InChannels = RequireAtLeast(inChannels, 1, nameof(inChannels));
        OutChannels = RequireAtLeast(outChannels, 1, nameof(outChannels));
        KernelSize = RequireAtLeast(kernelSize, 1, nameof(kernelSize));
        Stride = RequireAtLeast(stride ?? 1, 1, nameof(stride));
        Padding = RequireAtLeast(padding, 0, nameof(padding));
        Dilation = RequireAtLeast(dilation ?? 1, 1, nameof(dilation));
        Groups = RequireAtLeast(groups, 1, nameof(groups));
        Bias = bias;
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw LayerErrors.WrongGroups(this, groups, inChannels, outChannels);
        }
    }

    /// <inheritdoc/>
    public override string Kind => "Conv2d";

    /// <summary>Channels it takes.</summary>
    public int InChannels { get; }

    /// <summary>Channels it makes.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the kernel.</summary>
    public Size2d KernelSize { get; }

    /// <summary>Step of the window.</summary>
    public Size2d Stride { get; }

    /// <summary>Zeros added on each side.</summary>
    public Size2d Padding { get; }

    /// <summary>Distance of the kernel's taps.</summary>
    public Size2d Dilation { get; }

    /// <summary>Number of groups that channels are split into.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters
    {
        get
        {
            int fanIn = checked(InChannels / Groups * KernelSize.Height * KernelSize.Width);
            return WeightAndBias([OutChannels, InChannels / Groups, KernelSize.Height, KernelSize.Width], fanIn, OutChannels, Bias);
        }
    }

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
        => RequireChannels(inputChannels, InChannels, OutChannels);

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input)
        => input.Slide(2L * Padding.Along(axis), Span(axis), Stride.Along(axis));

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input)
        => checked((int)(AffineSize.FloorDivide(input + (2L * Padding.Along(axis)) - Span(axis), Stride.Along(axis)) + 1));

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
        => output.SlideBack(Padding.Along(axis), Span(axis), Stride.Along(axis));

    /// <inheritdoc/>
    public override double MacsPerPosition(ImmutableArray<int> inputChannels)
        => (double)OutChannels * (InChannels / Groups) * KernelSize.Height * KernelSize.Width;

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("in_channels", InChannels);
        writer.WriteNumber("out_channels", OutChannels);
        writer.WriteSize("kernel_size", KernelSize);
        writer.WriteSize("stride", Stride);
        writer.WriteSize("padding", Padding);
        writer.WriteSize("dilation", Dilation);
        writer.WriteNumber("groups", Groups);
        writer.WriteBoolean("bias", Bias);
    }

    private long Span(SpatialAxis axis) => ((long)Dilation.Along(axis) * (KernelSize.Along(axis) - 1)) + 1;
}
