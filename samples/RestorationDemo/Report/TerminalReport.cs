using System.Globalization;
using Spectre.Console;

namespace RestorationDemo.Report;

/// <summary>The results as a table for the terminal.</summary>
internal static class TerminalReport
{
    public static Table CreateTable(IReadOnlyList<DemoPicture> pictures)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("photograph").AddColumn("task");
        foreach (string heading in new[] { "PSNR before", "after", "gain", "SSIM before", "after", "s/MP" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (DemoResult result in pictures.SelectMany(picture => picture.Results))
        {
            table.AddRow(
                Markup.Escape(result.Photograph.Title),
                result.Task.Name,
                result.Before is { } worse ? Text($"{worse.Psnr:F2} dB") : string.Empty,
                Text($"{result.After.Psnr:F2} dB"),
                result.Gain is { } gain ? Text($"{gain:+0.00;-0.00} dB") : string.Empty,
                result.Before is { } before ? Text($"{before.Ssim:F3}") : string.Empty,
                Text($"{result.After.Ssim:F3}"),
                Text($"{result.SecondsPerMegapixel:F2}"));
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
