using System.Collections.Immutable;

namespace ImageRestoration.Networks.Architectures;

/// <summary>Checks that the options of several architectures share.</summary>
internal static class ArchitectureOptionErrors
{
    private const int MostChannels = 1 << 14;
    private const int MostLevels = 8;

    public static void CheckImageChannels(this OptionErrors errors, int imageChannels)
        => errors.CheckRange("ImageChannels", imageChannels, 1, MostChannels);

    public static void CheckChannels(this OptionErrors errors, ImmutableArray<int> channels)
    {
        if (channels.IsDefaultOrEmpty || channels.Length > MostLevels)
        {
            int listed = channels.IsDefault ? 0 : channels.Length;
            errors.Add(Invariant($"Channels lists {listed} convolutions; it must list 1 to {MostLevels}."));
            return;
        }

        for (int level = 0; level < channels.Length; level++)
        {
            errors.CheckRange(Invariant($"Channels[{level}]"), channels[level], 1, MostChannels);
        }
    }
}
