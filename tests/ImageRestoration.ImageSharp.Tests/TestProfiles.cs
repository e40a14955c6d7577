namespace ImageRestoration.Tests;

/// <summary>Profiles with what readers check.</summary>
internal static class TestProfiles
{
    /// <summary>A colour profile: size, colour spaces, date and signature in its header.</summary>
    public static byte[] Icc()
    {
        byte[] profile = new byte[160];
        (profile[3], profile[8], profile[25], profile[27], profile[29]) = (160, 4, 232, 1, 1);
        profile[24] = 3;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}
