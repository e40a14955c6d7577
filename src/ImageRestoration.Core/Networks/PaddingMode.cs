namespace ImageRestoration.Networks;

/// <summary>What the pixels that <see cref="Pad2dLayer"/> adds are filled with.</summary>
public enum PaddingMode
{
    /// <summary>Zeros, as <c>torch.nn.ZeroPad2d</c>.</summary>
    Zero,

    /// <summary>The picture mirrored at its outermost pixels, which are not repeated, as <c>torch.nn.ReflectionPad2d</c>.</summary>
    Reflect,

    /// <summary>The outermost pixels repeated, as <c>torch.nn.ReplicationPad2d</c>.</summary>
    Replicate,
}
