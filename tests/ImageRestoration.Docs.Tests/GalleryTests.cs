using System.Reflection;
using System.Text.RegularExpressions;
using DrawGallery;
using ImageRestoration.Classical;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Models;

namespace ImageRestoration.Tests.Docs;

/// <summary>docs/gallery.md shows everything, and what it shows is what the library does.</summary>
public sealed partial class GalleryTests
{
    private const string Remedy = "Run `dotnet run -c Release --project samples/DrawGallery` in the repository's root.";

    /// <summary>Least likeness of a picture on the page and the same drawn and compressed again; encoders differ a little, and another draw of noise has some 17 dB.</summary>
    private const double MinimumPsnr = 30;

    private static readonly string _docs = Path.Combine(
        typeof(GalleryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "docs");

    private static readonly string _page = File.ReadAllText(Path.Combine(_docs, "gallery.md")).ReplaceLineEndings("\n");

    private static Type[] Kinds { get; } = [typeof(IMaskStrategy), typeof(IDegradation), typeof(ClassicalRestorer)];

    public static TheoryData<string> ShownTypes()
        => [.. new[] { typeof(PointMaskStrategy), typeof(ClassicalRestorer) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => !type.IsAbstract && Kinds.Any(type.IsAssignableTo))
            .Select(type => type.Name)];

    public static TheoryData<string> ShownMethods()
        => [.. new[] { typeof(MaskStrategyExtensions), typeof(DegradationExtensions), typeof(Outpainting) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.Name)
            .Concat([nameof(Mask.Feather), nameof(Mask.FromImage), nameof(Mask.FromAlpha), nameof(Mask.FromColorKey)])
            .Distinct()];

    public static TheoryData<string> Models() => [.. PretrainedModels.All.Select(model => model.Name)];

    public static TheoryData<InitialFill> Fills() => [.. Enum.GetValues<InitialFill>()];

    [Theory]
    [MemberData(nameof(ShownTypes))]
    public void Page_OfEveryStrategyDegradationAndMethod_ShowsThePicture(string type)
        => Assert.Matches($@"\]\(gallery/[^)]+\) \| [^|]*new {type}\(", _page);

    [Theory]
    [MemberData(nameof(ShownMethods))]
    public void Page_OfEveryCombination_ShowsThePicture(string method)
        => Assert.Matches($@"\]\(gallery/[^)]+\) \| [^|]*\.{method}\(", _page);

    [Theory]
    [MemberData(nameof(Fills))]
    public void Page_OfEveryFill_ShowsThePicture(InitialFill fill)
        => Assert.Matches($@"\]\(gallery/[^)]+\) \| [^|]*{nameof(InitialFill)}\.{fill}\)", _page);

    [Theory]
    [MemberData(nameof(Models))]
    public void Page_OfEveryModel_ShowsThePictureAndItsCardToo(string model)
    {
        Assert.Matches($@"\]\(gallery/[^)]+\) \| {model}<br>", _page);
        Assert.Matches($@"\]\(\.\./\.\./\.\./docs/gallery/[^)]+-{model}\.jpg\)", PretrainedModels.Find(model).Card);
    }

    [Fact]
    public void Pictures_OfThePageAndOfTheFolder_AreTheSame()
    {
        IEnumerable<string> shown = Picture().Matches(_page).Select(match => match.Groups["file"].Value).Distinct();
        IEnumerable<string> stored = Directory.EnumerateFiles(Path.Combine(_docs, GalleryPage.PictureFolder)).Select(path => Path.GetFileName(path));
        Assert.Equal(shown.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pictures_Together_AreSmall()
        => Assert.InRange(Directory.EnumerateFiles(Path.Combine(_docs, GalleryPage.PictureFolder)).Sum(path => new FileInfo(path).Length), 1, 1_500_000);

    [Fact]
    public async Task Page_WrittenAgain_IsTheSame()
    {
        using Gallery gallery = await Gallery.LoadAsync();
        Assert.True(GalleryPage.Create(gallery).ReplaceLineEndings("\n") == _page, $"docs/gallery.md is not what DrawGallery writes. {Remedy}");
    }

    [Fact]
    public async Task Pictures_DrawnAgain_LookTheSame()
    {
        using Gallery gallery = await Gallery.LoadAsync();
        foreach (GallerySection section in gallery.Sections)
        {
            using ImageTensor before = section.DrawPicture();
            await CompareAsync(section.File, before);
            foreach (GalleryEntry entry in section.Entries)
            {
                using ImageTensor after = await entry.DrawAsync(section);
                await CompareAsync(section.FileOf(entry), after);
            }
        }
    }

    [Fact]
    public async Task HoleSheet_DrawnAgain_LooksTheSame()
    {
        Assert.InRange(new FileInfo(Path.Combine(_docs, HoleSheet.File)).Length, 1, 600_000);
        using ImageTensor sheet = await HoleSheet.DrawAsync();
        await CompareAsync(HoleSheet.File, sheet);
    }

    [Fact]
    public async Task RestoredSheet_DrawnAgain_LooksTheSame()
    {
        using ImageTensor sheet = await RestoredSheet.DrawAsync();
        await CompareAsync(RestoredSheet.File, sheet);
    }

    private static async Task CompareAsync(string file, ImageTensor drawn)
    {
        using ImageTensor stored = await ImageFile.LoadAsync(Path.Combine(_docs, file));
        Assert.Equal(stored.Shape, drawn.Shape);
        new JpegCompression(GalleryPage.JpegQuality, ChromaSubsampling.Ratio444).Apply(drawn, GallerySection.CreateRandom());
        double psnr = Psnr.Compute(stored, drawn);
        Assert.True(psnr >= MinimumPsnr, $"docs/{file} has a PSNR of {psnr:0.0} dB to what is drawn now; at least {MinimumPsnr} dB was expected. {Remedy}");
    }

    [GeneratedRegex(@"\]\(gallery/(?<file>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Picture();
}
