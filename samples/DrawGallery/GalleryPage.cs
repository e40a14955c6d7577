using System.Text;

namespace DrawGallery;

/// <summary>The page as Markdown.</summary>
internal static class GalleryPage
{
    /// <summary>Where the pictures lie, seen from the page.</summary>
    public const string PictureFolder = "gallery";

    /// <summary>Quality of the pictures' files: enough for noise and scattered pixels, whose files are the largest.</summary>
    public const int JpegQuality = 75;

    /// <summary>Seed of all that is drawn at random.</summary>
    public const ulong Seed = 1;

    private const string Command = "dotnet run -c Release --project samples/DrawGallery";

    public static string Create(Gallery gallery)
    {
        var page = new StringBuilder(
            $"""
            # Gallery

            Every way to lose pixels, to degrade pictures and to restore them, by classical methods and by the bundled models, each with the code that made it. Pictures and page are drawn by
            [DrawGallery](../samples/DrawGallery/Gallery.cs), whose lists are there to copy from:

            ```sh
            {Command}
            ```

            Everything random comes from `new SeededRandom({Seed})`, anew for each picture. Missing pixels are shown in pink. `image` is the photograph on the left,
            `alpha` a plane that is opaque around its middle, `mask` one of `new RegionMaskStrategy()`. The photographs are cut from
            [samples/photos](../samples/photos/README.md), scaled down and changed as the captions say: mountains and dogs by Aitzol Berasategi (CC-BY-4.0),
            dandelions by Clemens Engelhardt (CC0-1.0), table and drum by Jakub Mede (CC-BY-4.0).

            """);
        string chapter = "";
        foreach (GallerySection section in gallery.Sections)
        {
            if (section.Chapter != chapter)
            {
                chapter = section.Chapter;
                page.Append($"\n## {chapter}\n");
            }

            string before = section.PictureCode.Length == 0 ? "the photograph" : $"the photograph, changed by `{section.PictureCode}`";
            page.Append($"\n### {section.Title}\n\nLeft: {before}.\n\n| | | |\n| --- | --- | --- |\n");
            foreach (GalleryEntry entry in section.Entries)
            {
                page.Append($"| ![{section.Title}]({section.File}) | ![{entry.Name}]({section.FileOf(entry)}) | {entry.Name}<br>`{entry.Code}` |\n");
            }
        }

        return page.ToString();
    }
}
