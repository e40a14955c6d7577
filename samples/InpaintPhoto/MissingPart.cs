using System.Drawing;
using System.Globalization;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;

namespace InpaintPhoto;

/// <summary>What is missing in the photographs.</summary>
/// <param name="Mask">Makes the mask of a photograph.</param>
/// <param name="WhereNone">What to say and advise where no pixel is missing.</param>
internal sealed record MissingPart(PhotoMask Mask, string WhereNone)
{
    /// <summary>The patterns that can be asked for.</summary>
    public const string Patterns = "free-form, region, points[:SHARE] with a share of 0.8 where not given, border, scratch";

    private const double DefaultShare = 0.8;

    public static MissingPart Transparent { get; } = new(PhotoMask.FromAlpha(), "no pixel is transparent");

    /// <summary>Draws the mask, where the missing part is taken away to try a model; the truth is known then.</summary>
    public IMaskStrategy? Pattern { get; private init; }

    public ulong Seed { get; private init; }

    public static MissingPart FromFile(string path) => new(PhotoMask.FromFile(path), $"no pixel of the mask '{path}' is bright");

    /// <summary>Reads a colour and a tolerance.</summary>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    public static MissingPart FromKey(string text)
    {
        string[] parts = text.Split(':');
        double tolerance = 0;
        if (parts.Length > 2
            || ParseColor(parts[0]) is not { } color
            || (parts.Length == 2 && !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out tolerance))
            || tolerance is not (>= 0 and <= 255))
        {
            throw new ArgumentException($"'{text}' is not a colour with a tolerance. Give a name or RRGGBB, and behind a colon how many of the 255 steps each channel may be off: --key magenta, --key ff00ff:25.");
        }

        // Half a step on top allows for the rounding of the values themselves.
        PhotoMask mask = PhotoMask.FromColorKey(color.R / 255f, color.G / 255f, color.B / 255f, (float)((tolerance + 0.5) / 255));
        return new MissingPart(mask, $"no pixel has the colour {parts[0]} within a tolerance of {tolerance.ToString(CultureInfo.InvariantCulture)}; a larger one may help, as in --key {parts[0]}:25");
    }

    /// <summary>Takes a pattern by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static MissingPart FromPattern(string text, ulong seed)
    {
        IMaskStrategy strategy = text.Split(':') switch
        {
            ["free-form"] => new FreeFormMaskStrategy(),
            ["region"] => new RegionMaskStrategy(),
            ["points"] => new PointMaskStrategy(DefaultShare),
            ["points", string number] when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1 => new PointMaskStrategy(share),
            ["border"] => new BorderMaskStrategy(),
            ["scratch"] => new ScratchMaskStrategy(),
            _ => throw new ArgumentException($"'{text}' is not a pattern. Give one of {Patterns}; a share lies between 0 and 1."),
        };
        return FromStrategy(strategy, seed);
    }

    /// <summary>Makes the missing part larger by so many pixels on all sides.</summary>
    public MissingPart Grow(int pixels)
        => pixels == 0 ? this : Pattern is null ? this with { Mask = Mask.Dilate(pixels) } : FromStrategy(Pattern.Dilate(pixels), Seed);

    /// <summary>Draws the mask that a photograph of this size got.</summary>
    /// <exception cref="InvalidOperationException">The missing part is no pattern.</exception>
    public Mask Draw(ImageTensor photograph)
        => Pattern?.Create(photograph.Height, photograph.Width, new SeededRandom(Seed)) ?? throw new InvalidOperationException("What is missing here depends on more than the size of the photograph.");

    private static Color? ParseColor(string text)
    {
        Color named = Color.FromName(text);
        if (named is { IsKnownColor: true, IsSystemColor: false, A: byte.MaxValue })
        {
            return named;
        }

        string digits = text.TrimStart('#');
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rgb) ? Color.FromArgb(rgb) : null;
    }

    private static MissingPart FromStrategy(IMaskStrategy strategy, ulong seed)
        => new(PhotoMask.FromStrategy(strategy, seed), "the pattern takes no pixel away; another --seed may") { Pattern = strategy, Seed = seed };
}
