namespace ImageRestoration.Networks;

/// <summary>Bounds on what a model file may ask for, so that a damaged or hostile one cannot exhaust memory.</summary>
public sealed record ModelLimits
{
    /// <summary>Largest file in bytes.</summary>
    /// <value>Default 2 GiB.</value>
    public long MaximumFileSize { get; init; } = 2L << 30;

    /// <summary>Largest header in bytes.</summary>
    /// <value>Default 16 MiB.</value>
    public int MaximumHeaderSize { get; init; } = 16 << 20;

    /// <summary>Largest number of tensors.</summary>
    /// <value>Default 16,384.</value>
    public int MaximumTensorCount { get; init; } = 16_384;

    /// <summary>Largest number of layers in a network.</summary>
    /// <value>Default 16,384.</value>
    public int MaximumLayerCount { get; init; } = 16_384;
}
