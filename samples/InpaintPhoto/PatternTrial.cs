using System.Globalization;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Photos;
using Spectre.Console;

namespace InpaintPhoto;

/// <summary>Shows what a pattern took away from photographs and how well it was filled in.</summary>
internal sealed class PatternTrial(IAnsiConsole console, MissingPart missing, bool overwrites)
{
    private const string Suffix = "-holes.png";

    private static readonly ImageLoadOptions _load = new() { DiscardAlpha = true };

    /// <summary>Writes the pictures with their holes, and compares the results' files with the photographs where pixels were missing.</summary>
    /// <returns>Whether every picture was written.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<PhotoOutcome> outcomes, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(outcomes.SelectMany(outcome => new[] { Path.GetFileName(outcome.Input), Path.GetFileName(outcome.Output) }), StringComparer.OrdinalIgnoreCase);
        Table table = new Table().AddColumns("Photograph", "Missing", "PSNR there", "Holes");
        table.Columns[1].RightAligned().NoWrap();
        table.Columns[2].RightAligned().NoWrap();
        bool areWritten = true;
        foreach (PhotoOutcome outcome in outcomes.Where(outcome => outcome.Result is not null).OrderBy(outcome => outcome.Input, StringComparer.Ordinal))
        {
            string holes = Path.Combine(Path.GetDirectoryName(outcome.Output)!, Path.GetFileNameWithoutExtension(outcome.Output) + Suffix);
            string? fault = taken.Contains(Path.GetFileName(holes)) ? $"'{holes}' has the name of a photograph and is not written. Give that photograph another name."
                : File.Exists(holes) && !overwrites ? $"'{holes}' exists. Give another output folder, or --overwrite."
                : null;
            areWritten &= fault is null;
            if (fault is null)
            {
                using var photos = new PhotoRestorer(new HolesRestorer(), new ImageSharpCodec());
                await photos.RestoreAsync(outcome.Input, holes, missing.Mask, cancellationToken: cancellationToken);
            }

            using ImageTensor photograph = await ImageFile.LoadAsync(outcome.Input, _load, cancellationToken);
            using ImageTensor result = await ImageFile.LoadAsync(outcome.Output, _load, cancellationToken);
            using ImageTensor truth = WithChannels(photograph, result.Channels);
            Mask mask = missing.Draw(truth);
            table.AddRow(
                new Text(Path.GetFileName(outcome.Input)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{100 * mask.MissingShare():F1} %")),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{Psnr.Compute(truth, result, mask):F2} dB")),
                fault is null ? new Text(Path.GetFileName(holes)) : new Text(fault, new Style(Color.Red)));
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }

        return areWritten;
    }

    /// <summary>Copies a picture. A grey one gets its plane three times where the result's format knows colour alone, as WebP does.</summary>
    private static ImageTensor WithChannels(ImageTensor photograph, int channels)
    {
        if (photograph.Channels == channels)
        {
            return photograph.Clone();
        }

        ImageTensor copy = ImageTensor.CreateUninitialized(photograph.Shape with { Channels = channels });
        for (int channel = 0; channel < channels; channel++)
        {
            photograph.Plane(0, 0).CopyTo(copy.Plane(0, channel));
        }

        return copy;
    }
}
