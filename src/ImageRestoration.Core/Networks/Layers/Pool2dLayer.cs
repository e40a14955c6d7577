using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Pooling over windows, as <c>torch.nn.MaxPool2d</c> and <c>torch.nn.AvgPool2d</c>.</summary>
public sealed record Pool2dLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="pool">Maximum or average.</param>
    /// <param name="kernelSize">Height and width of the window.</param>
    /// <param name="stride">Step of the window; defaults to the kernel size where <see langword="null"/>.</param>
    /// <param name="padding">Padding on each side, at most half the kernel.</param>
    public Pool2dLayer(string name, string input, PoolKind pool, Size2d kernelSize, Size2d? stride = null, Size2d padding = default)
        : base(name, [input])
    {
        Pool = Enum.IsDefined(pool) ? pool : throw LayerErrors.Unknown(name, "kind of pooling", pool, nameof(pool));
        KernelSize = RequireAtLeast(kernelSize, 1, nameof(kernelSize));
        Stride = RequireAtLeast(stride ?? kernelSize, 1, nameof(stride));
        Padding = RequireAtLeast(padding, 0, nameof(padding));
        if (padding.Height > kernelSize.Height / 2 || padding.Width > kernelSize.Width / 2)
        {
            throw LayerErrors.LargePadding(this, padding);
        }
    }

    /// <summary>Maximum or average.</summary>
    public PoolKind Pool { get; }

    /// <summary>Height and width of the window.</summary>
    public Size2d KernelSize { get; }

    /// <summary>Step of the window.</summary>
    public Size2d Stride { get; }

    /// <summary>Padding on each side.</summary>
    public Size2d Padding { get; }

    /// <inheritdoc/>
    public override string Kind => Pool == PoolKind.Max ? "MaxPool2d" : "AvgPool2d";

    /// <inheritdoc/>
    public override AffineSize InferSize(SpatialAxis axis, AffineSize input)
        => input.Slide(2L * Padding.Along(axis), KernelSize.Along(axis), Stride.Along(axis));

    /// <inheritdoc/>
    public override int InferSize(SpatialAxis axis, int input)
        => checked((int)(AffineSize.FloorDivide(input + (2L * Padding.Along(axis)) - KernelSize.Along(axis), Stride.Along(axis)) + 1));

    /// <inheritdoc/>
    public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output)
        => output.SlideBack(Padding.Along(axis), KernelSize.Along(axis), Stride.Along(axis));

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteSize("kernel_size", KernelSize);
        writer.WriteSize("stride", Stride);
        writer.WriteSize("padding", Padding);
    }
}
