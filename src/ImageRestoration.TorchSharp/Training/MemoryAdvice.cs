using System.Globalization;
using System.Text.RegularExpressions;
using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>Says which batch would fit into a device's memory, where one did not.</summary>
internal static partial class MemoryAdvice
{
    // What kernels need while they work, and what the allocator leaves unused, by rule of thumb.
    private const double UsableShare = 0.85;

    internal static string Create(
        Network network, PatchSamplerOptions data, TrainerOptions options, int patchSize, DeviceMemoryException error)
    {
        string tried = Invariant($"{error.Message} The batch has {data.BatchSize} patches of {patchSize}×{patchSize}.");
        long state = TrainingEstimate.StateBytesOf(network, options);
        long perPatch = ActivationMemory.Bound(
            network, new ImageShape(1, network.Inputs[0].Channels, patchSize, patchSize), options.Precision);
        if (Capacity(error.InnerException?.Message ?? string.Empty) is not { } capacity)
        {
            return $"{tried} By its declaration, the network keeps up to {Mebibytes(perPatch)} MiB for each patch "
                + $"and {Mebibytes(state)} MiB besides. {Remedy(data.BatchSize / 2, data.BatchSize)}";
        }

        double room = (UsableShare * capacity) - state;
        int fits = (int)Math.Clamp(room / perPatch, 0, int.MaxValue);
        string estimate = $"{tried} Of {Mebibytes(capacity)} MiB, the weights and their optimiser take {Mebibytes(state)} MiB, "
            + $"and each patch up to {Mebibytes(perPatch)} MiB.";
        return fits >= data.BatchSize
            ? $"{estimate} That would fit an idle device: see what else uses its memory. {Remedy(data.BatchSize / 2, data.BatchSize)}"
            : fits > 0 ? $"{estimate} {Remedy(fits, data.BatchSize)}"
            : $"{estimate} {SmallerPatches(network, patchSize, room / perPatch)}";
    }

    /// <summary>
    /// Total memory in bytes, from the error of a CUDA device in any version of libtorch; of the host, what this process may use.
    /// </summary>
    private static double? Capacity(string message)
    {
        Match total = TotalCapacity().Match(message);
        if (total.Success)
        {
            string value = total.Groups["new"].Success ? total.Groups["new"].Value : total.Groups["old"].Value;
            string unit = total.Groups["newUnit"].Success ? total.Groups["newUnit"].Value : total.Groups["oldUnit"].Value;
            return double.Parse(value, CultureInfo.InvariantCulture) * (unit == "GiB" ? 1 << 30 : 1 << 20);
        }

        return message.Contains("DefaultCPUAllocator", StringComparison.Ordinal) ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : null;
    }

    private static string Remedy(int fits, int batchSize) => fits == 0
        ? "Use smaller patches or another device."
        : fits == 1 || batchSize / fits < 2
            ? Invariant($"A batch of {fits} would fit: set {nameof(PatchSamplerOptions.BatchSize)}.")
            : Invariant($"A batch of {fits} would fit: set {nameof(PatchSamplerOptions.BatchSize)}, and ")
                + Invariant($"{nameof(TrainerOptions.GradientAccumulation)} to {(batchSize + fits - 1) / fits} ")
                + "for as many patches in a step.";

    private static string SmallerPatches(Network network, int patchSize, double share)
    {
        int multiple = Math.Max(network.SizeMultiple.Height, network.SizeMultiple.Width);
        int size = (int)(patchSize * Math.Sqrt(Math.Max(share, 0)) / multiple) * multiple;
        return size >= multiple
            ? Invariant($"Not even one patch fits; one of {size}×{size} would: set {nameof(PatchSamplerOptions.PatchSizes)}.")
            : "Not even one patch of the smallest size fits. Use a smaller network or another device.";
    }

    private static string Mebibytes(double bytes) => (bytes / (1 << 20)).ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "total capacity of (?<new>[0-9.]+) (?<newUnit>[GM]iB)|(?<old>[0-9.]+) (?<oldUnit>[GM]iB) total capacity",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TotalCapacity();
}
