using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Settings of <see cref="ContextEncoder"/>.</summary>
public sealed record ContextEncoderOptions
{
    /// <summary>Channels of the pictures: 3 for RGB, 1 for grey.</summary>
    /// <value>Default 3.</value>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Whether the network takes a mask beside the picture: a second input <c>mask</c> of one channel, 1 = missing.</summary>
    /// <value>Default <see langword="true"/>. The paper's network takes the picture alone.</value>
    public bool TakesMask { get; init; } = true;

    /// <summary>Channels of each convolution on the way down; each halves the size.</summary>
    /// <value>Default 64, 64, 128, 256, 512: the authors' network, which makes 4×4 positions of 128×128 pixels.</value>
    public ImmutableArray<int> Channels { get; init; } = [64, 64, 128, 256, 512];

    /// <summary>Height and width of the kernels that spread each channel of the bottleneck, an odd number.</summary>
    /// <value>Default 7, so that each of 4×4 positions reaches every other.</value>
    public int BottleneckKernelSize { get; init; } = 7;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new OptionErrors();
        errors.CheckImageChannels(ImageChannels);
        errors.CheckChannels(Channels);
        errors.CheckRange(nameof(BottleneckKernelSize), BottleneckKernelSize, 1, 63);
        if (BottleneckKernelSize % 2 == 0)
        {
            errors.Add(Invariant($"{nameof(BottleneckKernelSize)} is {BottleneckKernelSize}; ")
                + "it must be odd, so that the size stays as it is.");
        }

        errors.ThrowIfAny("options of the context encoder", parameterName);
    }
}
