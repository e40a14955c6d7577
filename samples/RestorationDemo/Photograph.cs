namespace RestorationDemo;

/// <summary>A bundled photograph and what its licence asks to be said.</summary>
internal sealed record Photograph(string FileName, string Title, string Author, int Year, string License, string LicenseUrl)
{
    private const string Attribution = "https://creativecommons.org/licenses/by/4.0/";
    private const string PublicDomain = "https://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>The photographs of samples/photos; see the README.md there.</summary>
    public static IReadOnlyList<Photograph> Bundled { get; } =
    [
        new("picosdeeuropa_by_aitzol_berasategi.jpg", "Picos de Europa", "Aitzol Berasategi", 2018, "CC BY 4.0", Attribution),
        new("seeding_by_clements_engelhardt.jpg", "Seeding", "Clemens Engelhardt", 2018, "CC0 1.0", PublicDomain),
        new("friends_by_aitzol_berasategi.jpg", "Friends", "Aitzol Berasategi", 2018, "CC BY 4.0", Attribution),
        new("wine_by_jakkub_mede.jpg", "Wine", "Jakub Mede", 2018, "CC BY 4.0", Attribution),
    ];

    /// <summary>Where the photograph lies beside the program.</summary>
    public string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "photos", FileName);

    /// <summary>Name for the files made from it.</summary>
    public string Name => FileName[..FileName.IndexOf('_', StringComparison.Ordinal)];
}
