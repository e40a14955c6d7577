using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Tasks;

/// <summary>A JPEG file of one quality, as libjpeg writes and reads it; nothing about it is random.</summary>
internal sealed class DeblockCase : DegradationCase
{
    private readonly JpegCompression _compression;

    public DeblockCase(int quality, ChromaSubsampling subsampling = ChromaSubsampling.Ratio420)
    {
        _compression = new JpegCompression(quality, subsampling);
        Name = string.Create(CultureInfo.InvariantCulture, $"quality {quality}{(subsampling == ChromaSubsampling.Ratio444 ? " 4:4:4" : string.Empty)}");
    }

    public override string Name { get; }

    public static IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
        => options.Qualities.Count > 0
            ? [.. options.Qualities.Select(quality => new DeblockCase(quality, options.Subsampling ?? ChromaSubsampling.Ratio420))]
            : throw new QualityException("Task 'deblock' needs the qualities of the JPEG files, for instance --quality 10,20,40.");

    public override ImageTensor Degrade(ImageTensor original, string fileName)
    {
        ImageTensor compressed = original.Clone();
        _compression.Apply(compressed, new SeededRandom(0));
        return compressed;
    }
}
