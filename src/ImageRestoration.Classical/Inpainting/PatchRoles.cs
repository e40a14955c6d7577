namespace ImageRestoration.Classical.Inpainting;

/// <summary>Which patches of a scale, named by their central pixels, are matched and which may be copied from.</summary>
internal sealed class PatchRoles
{
    // Sources are patches without missing pixels, if there are at least that many for each known pixel.
    private const double FewestFullShare = 0.25;

    private PatchRoles(int length) => (IsTarget, IsSource) = (new bool[length], new bool[length]);

    /// <summary>Patches that are matched.</summary>
    internal bool[] IsTarget { get; }

    /// <summary>Patches that may be copied from.</summary>
    internal bool[] IsSource { get; }

    /// <summary>Whether sources hold missing pixels too, because too few patches are known in full.</summary>
    internal bool IsRelaxed { get; private init; }

    /// <summary>Roles where all patches around a missing pixel vote: targets are all patches that hold a missing pixel.</summary>
    internal static PatchRoles ForVoting(PatchLevel level, int half)
    {
        int[] missing = PatchWindows.CountMissing(level, half);
        var roles = new PatchRoles(missing.Length) { IsRelaxed = HasTooFewFull(missing, level) };
        for (int i = 0; i < missing.Length; i++)
        {
            roles.IsTarget[i] = missing[i] > 0;
            roles.IsSource[i] = missing[i] == 0 || (roles.IsRelaxed && roles.IsTarget[i]);
        }

        return roles;
    }

    /// <summary>Roles where a missing pixel is copied from the centre of its own patch's source, which is always known.</summary>
    internal static PatchRoles ForCopying(PatchLevel level, int half)
    {
        int[] missing = PatchWindows.CountMissing(level, half);
        var roles = new PatchRoles(missing.Length) { IsRelaxed = HasTooFewFull(missing, level) };
        for (int i = 0; i < missing.Length; i++)
        {
            bool isInside = missing[i] != PatchWindows.Outside;
            roles.IsTarget[i] = isInside && level.Missing[i] != 0;
            roles.IsSource[i] = isInside && (roles.IsRelaxed ? level.Missing[i] == 0 : missing[i] == 0);
        }

        return roles;
    }

    /// <summary>Whether so few patches are known in full that others have to serve as sources too.</summary>
    /// <param name="missing">Missing pixels in each patch.</param>
    /// <param name="level">The scale.</param>
    internal static bool HasTooFewFull(ReadOnlySpan<int> missing, PatchLevel level)
        => missing.Count(0) < FewestFullShare * level.Missing.AsSpan().Count((byte)0);
}
