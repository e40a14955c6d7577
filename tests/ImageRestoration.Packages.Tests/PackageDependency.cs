namespace ImageRestoration.Packages.Tests;

/// <summary>
/// What a package says of another that it needs. A range is written as NuGet writes it: "1.2.3", at least that; "[1.2.3, 2.0.0)", below 2.
/// </summary>
internal sealed record PackageDependency(string Id, string Range)
{
    public Version Minimum => Parse(Range.TrimStart('[').Split(',')[0].TrimEnd(']'));

    public Version? Below => Range.EndsWith(')') && Range.Split(',') is [_, var upper] ? Parse(upper.TrimEnd(')').Trim()) : null;

    /// <summary>The floating version that restore takes the newest of the range for.</summary>
    public string Newest => Below switch
    {
        null => "*",
        { Minor: 0, Build: 0 } below => $"{below.Major - 1}.*",
        { Build: 0 } below => $"{below.Major}.{below.Minor - 1}.*",
        _ => throw new NotSupportedException(
            $"The range {Range} of {Id} ends within a minor version; name its newest version another way."),
    };

    public bool Allows(Version version) => version >= Minimum && (Below is null || version < Below);

    /// <summary>NuGet writes three numbers where one or two were given.</summary>
    private static Version Parse(string text)
    {
        string[] parts = text.Split('.');
        return Version.Parse(string.Join('.', parts.Concat(Enumerable.Repeat("0", Math.Max(0, 3 - parts.Length)))));
    }
}
