using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Convolutions on processors whose CPUID describes no caches. Some virtual machines hide them, and there oneDNN (in libtorch 2.10)
/// computes convolutions wrongly, float32 and bfloat16, forward and backward, wherever channels are not 16 or a multiple of 32; it also
/// writes beyond its memory. Channels of zeros make up for the missing ones: they change no value.
/// </summary>
internal static class ChannelPadding
{
    private const long Smallest = 16;
    private const long Multiple = 32;

    /// <summary>Whether this processor needs it.</summary>
    internal static bool IsNeeded { get; } = X86Base.IsSupported && !DescribesCaches();

    /// <summary>Whether convolutions of these channels are right as they are.</summary>
    internal static bool AddsNothingTo(long inputs, long outputs) => !IsNeeded || (Missing(inputs) == 0 && Missing(outputs) == 0);

    /// <summary>As torch's conv2d, with channels of zeros where there are too few.</summary>
    internal static Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] dilation, long groups)
    {
        long outputs = weight.shape[0] / groups, inputs = weight.shape[1];
        if (groups > 1)
        {
            // Depthwise convolutions have kernels of their own.
            return (outputs == 1 && inputs == 1) || (Missing(outputs) == 0 && Missing(inputs) == 0)
                ? F.conv2d(input, weight, bias, stride, padding, dilation, groups)
                : cat([.. Enumerable.Range(0, (int)groups).Select(Group)], 1);
        }

        if (Missing(inputs) is > 0 and long moreInputs)
        {
            input = F.pad(input, [0, 0, 0, 0, 0, moreInputs]);
            weight = F.pad(weight, [0, 0, 0, 0, 0, moreInputs]);
        }

        if (Missing(outputs) is not (> 0 and long moreOutputs))
        {
            return F.conv2d(input, weight, bias, stride, padding, dilation);
        }

        weight = F.pad(weight, [0, 0, 0, 0, 0, 0, 0, moreOutputs]);
        bias = bias is null ? null : F.pad(bias, [0, moreOutputs]);
        return F.conv2d(input, weight, bias, stride, padding, dilation).narrow(1, 0, outputs);

        Tensor Group(int g) => Conv2d(
            input.narrow(1, g * inputs, inputs),
            weight.narrow(0, g * outputs, outputs),
            bias?.narrow(0, g * outputs, outputs),
            stride,
            padding,
            dilation,
            1);
    }

    private static long Missing(long channels)
        => channels <= Smallest ? Smallest - channels : (Multiple - (channels % Multiple)) % Multiple;

    // Leaf 0x8000001D of AMD's processors, leaf 4 of others: type 0 in the first entry means that there is none.
    private static bool DescribesCaches()
    {
        (_, int first, int last, int middle) = X86Base.CpuId(0, 0);
        Span<byte> vendor = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(vendor, first);
        BinaryPrimitives.WriteInt32LittleEndian(vendor[4..], middle);
        BinaryPrimitives.WriteInt32LittleEndian(vendor[8..], last);
        bool isAmd = vendor.SequenceEqual("AuthenticAMD"u8) || vendor.SequenceEqual("HygonGenuine"u8);
        return (X86Base.CpuId(isAmd ? unchecked((int)0x8000001D) : 4, 0).Eax & 0x1F) != 0;
    }
}
