using System.Text;
using ImageRestoration.IO;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Draws the course of training as SVG: loss on a logarithmic scale, as it was and smoothed, validation PSNR on an axis of its own, and the
/// learning rate below.
/// </summary>
public static class LossCurve
{
    /// <summary>Draws into a file, which appears complete or not at all.</summary>
    /// <param name="path">The .svg file; an existing one is replaced.</param>
    /// <param name="entries">The course by rising steps, such as that of <see cref="TrainingLog.Read"/>; at least one entry.</param>
    /// <param name="title">Heading.</param>
    public static void Write(string path, IReadOnlyList<TrainingProgress> entries, string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] svg = Encoding.UTF8.GetBytes(ToSvg(entries, title));
        AtomicFile.Write(path, stream => stream.Write(svg));
    }

    /// <summary>Draws into text.</summary>
    /// <param name="entries">The course by rising steps; at least one entry. Long ones are thinned out.</param>
    /// <param name="title">Heading.</param>
    /// <returns>An SVG document.</returns>
    public static string ToSvg(IReadOnlyList<TrainingProgress> entries, string title)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(title);
        if (entries.Count == 0)
        {
            throw new ArgumentException("There is no entry to draw. Draw the curve after at least one step.", nameof(entries));
        }

        return LossChart.ToSvg(entries, title);
    }
}
