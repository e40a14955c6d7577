namespace ImageRestoration.Quality.Reporting;

/// <summary>
/// Published scores, as facts. Those of Gaussian noise and of JPEG were read from figures and tables of the methods' papers and repositories;
/// costs are those of pictures of 256×256 pixels.
/// </summary>
internal static class PublishedScores
{
    private const double Pixels = 256 * 256;

    private const string Dncnn = "Zhang et al., 2017", Ffdnet = "Zhang et al., 2018", Drunet = "Zhang et al., 2021", Restormer = "Zamir et al., 2022", Swinir = "Liang et al., 2021";
    private const string Lol = "LOL-v1, 15 pairs, all pixels";

    private static readonly string[] Sigmas = ["sigma 15", "sigma 25", "sigma 50"];
    private static readonly string[] Qualities = ["quality 10", "quality 20", "quality 40"];

    public static IReadOnlyList<PublishedScore> All { get; } =
    [
        Noise("denoise-color", "CBM3D, classical", "Dabov et al., 2007", 33.52, 30.71, 27.38),
        Noise("denoise-color", "CDnCNN", Dncnn, 33.90, 31.24, 27.95) with { Parameters = 670_000, MacsPerPixel = 43.7e9 / Pixels },
        Noise("denoise-color", "FFDNet", Ffdnet, 33.87, 31.21, 27.96) with { Parameters = 850_000, MacsPerPixel = 13.9e9 / Pixels },
        Noise("denoise-color", "DRUNet", Drunet, 34.30, 31.69, 28.51) with { Parameters = 32_600_000, MacsPerPixel = 138.8e9 / Pixels },
        Noise("denoise-color", "Restormer", Restormer, 34.40, 31.79, 28.60) with { Parameters = 26_100_000 },
        Noise("denoise-gray", "BM3D, classical", "Dabov et al., 2007", 32.37, 29.97, 26.72),
        Noise("denoise-gray", "DnCNN", Dncnn, 32.86, 30.44, 27.18) with { Parameters = 560_000, MacsPerPixel = 556_000 },
        Noise("denoise-gray", "FFDNet", Ffdnet, 32.75, 30.43, 27.32),
        Noise("denoise-gray", "DRUNet", Drunet, 33.25, 30.94, 27.90),
        Noise("denoise-gray", "SwinIR", Swinir, 33.36, 31.01, 27.91),
        Noise("denoise-gray", "Restormer", Restormer, 33.42, 31.08, 28.00),
        Jpeg("deblock-color", "SwinIR, a network for each quality", Swinir, 28.06, 30.45, 32.75) with { OtherPictures = "all 29 pictures of LIVE1" },
        Jpeg("deblock-gray", "ARCNN", "Dong et al., 2015", 29.03, 31.15, 33.32),
        Jpeg("deblock-gray", "DnCNN-3", Dncnn, 29.40, 31.63, 33.77),
        Jpeg("deblock-gray", "FBCNN, blind", "Jiang et al., 2021", 30.12, 32.31, 34.35),
        Jpeg("deblock-gray", "SwinIR, a network for each quality", Swinir, 30.27, 32.52, 34.52),
        Single("inpaint", "PConv", "Liu et al., 2018", "free-form", 22.76, 0.801, "Places, 256×256, other masks"),
        Single("inpaint", "DeepFill v2", "Yu et al., 2019", "free-form", 22.40, 0.815, "Places, 256×256, other masks"),
        Single("brighten-pairs", "RetinexNet", "Wei et al., 2018", "pairs", 16.77, 0.560, Lol),
        Single("brighten-pairs", "Zero-DCE", "Guo et al., 2020", "pairs", 14.86, 0.562, Lol),
        Single("brighten-pairs", "KinD", "Zhang et al., 2019", "pairs", 20.86, 0.790, Lol),
        Single("brighten-pairs", "Restormer", Restormer, "pairs", 22.43, 0.823, Lol),
        Single("brighten-pairs", "IAT", "Cui et al., 2022", "pairs", 23.38, 0.809, Lol) with { Parameters = 90_000 },
        Single("brighten-pairs", "Retinexformer", "Cai et al., 2023", "pairs", 25.16, 0.845, Lol) with { Parameters = 1_600_000 },
    ];

    private static PublishedScore Noise(string table, string method, string source, params double[] psnr) => Of(table, method, source, Sigmas, psnr);

    private static PublishedScore Jpeg(string table, string method, string source, params double[] psnr) => Of(table, method, source, Qualities, psnr);

    private static PublishedScore Of(string table, string method, string source, string[] cases, double[] psnr)
        => new(table, method, source, cases.Zip(psnr).ToDictionary(pair => pair.First, pair => (pair.Second, (double?)null), StringComparer.Ordinal));

    private static PublishedScore Single(string table, string method, string source, string caseName, double psnr, double ssim, string pictures)
        => new(table, method, source, new Dictionary<string, (double Psnr, double? Ssim)>(StringComparer.Ordinal) { [caseName] = (psnr, ssim) }) { OtherPictures = pictures };
}
