using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Missing pixels of one pattern, set to 0. Only they are scored.</summary>
internal sealed class InpaintCase : EvaluationCase
{
    private const string Points = "points";
    private const double DefaultPointShare = 0.8;

    // The options stand here, even where they are the defaults, because scores are compared between versions.
    private static readonly SortedDictionary<string, Func<IMaskStrategy>> Patterns = new(StringComparer.Ordinal)
    {
        ["border"] = () => new BorderMaskStrategy(new() { MinimumWidth = 0.0625, MaximumWidth = 0.125 }),
        ["free-form"] = () => new FreeFormMaskStrategy(new() { MinimumShare = 0.1, MaximumShare = 0.3 }),
        [Points] = () => new PointMaskStrategy(DefaultPointShare),
        ["region"] = () => new RegionMaskStrategy(new() { MinimumCount = 1, MaximumCount = 4, MinimumSize = 0.125, MaximumSize = 0.375 }),
        ["scratch"] = () => new ScratchMaskStrategy(new() { MinimumCount = 2, MaximumCount = 10, MinimumWidth = 0.002, MaximumWidth = 0.01 }),
    };

    private readonly Func<ImageShape, PictureFile, CancellationToken, Task<Mask>> _createMask;

    private InpaintCase(string name, Func<ImageShape, PictureFile, CancellationToken, Task<Mask>> createMask)
    {
        Name = name;
        _createMask = createMask;
    }

    public override string Name { get; }

    public static IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
        => options.Masks.Count > 0
            ? [.. options.Masks.Select(mask => Create(mask, options.Seed))]
            : throw new QualityException($"Task 'inpaint' needs what is missing: --mask {string.Join(',', Patterns.Keys)} or a folder of mask pictures.");

    /// <summary>Makes the case.</summary>
    /// <param name="mask">Name of a pattern, <c>points:SHARE</c>, or a folder of mask pictures.</param>
    /// <param name="seed">Seed of the patterns.</param>
    public static InpaintCase Create(string mask, long seed)
    {
        if (Patterns.TryGetValue(mask, out Func<IMaskStrategy>? create))
        {
            return FromStrategy(mask, create(), seed);
        }

        if (mask.StartsWith($"{Points}:", StringComparison.Ordinal))
        {
            return double.TryParse(mask.AsSpan(Points.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
                ? FromStrategy(mask, new PointMaskStrategy(share), seed)
                : throw new QualityException($"'{mask}' does not say which share of the points is missing. Give a number between 0 and 1, for instance {Points}:0.5.");
        }

        return Directory.Exists(mask)
            ? FromFolder(mask)
            : throw new QualityException($"'{mask}' is neither a pattern nor a folder of mask pictures. Give one of {string.Join(", ", Patterns.Keys)}, {Points}:SHARE or a folder with --mask.");
    }

    public override async Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
    {
        Mask mask = await _createMask(original.Shape, file, cancellationToken);
        ImageTensor given = original.Clone();
        MissingPixels.Fill(given, mask, InitialFill.Zero);
        return new EvaluationInput(given, mask, mask);
    }

    /// <summary>The mask depends on seed, name of the pattern, name and size of the picture alone.</summary>
    private static InpaintCase FromStrategy(string name, IMaskStrategy strategy, long seed)
        => new(name, (shape, file, _) => Task.FromResult(strategy.Create(shape.Height, shape.Width, CaseRandom.Create(seed, name, file.Name))));

    private static InpaintCase FromFolder(string folder)
    {
        IReadOnlyList<string> files = ImageFolder.List(folder, limit: null, "--mask");
        return new(ImageFolder.NameOf(folder), async (shape, file, cancellationToken) =>
        {
            using ImageTensor picture = await ImageFile.LoadAsync(files[file.Index % files.Count], cancellationToken);
            return new FixedMaskStrategy(Mask.FromImage(picture)).Create(shape.Height, shape.Width, new SeededRandom(0));
        });
    }
}
