using System.Globalization;
using Spectre.Console;

namespace RestorationDemo.Report;

/// <summary>The results as a table for the terminal.</summary>
internal static class TerminalReport
{
    public static Table CreateTable(IReadOnlyList<DemoResult> results)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("photograph");
        foreach (string heading in new[] { "size", "PSNR noisy", "restored", "gain", "SSIM noisy", "restored", "s/MP" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (DemoResult result in results)
        {
            table.AddRow(
                Markup.Escape(result.Photograph.Title),
                Text($"{result.Width}×{result.Height}"),
                Text($"{result.Noisy.Psnr:F2} dB"),
                Text($"{result.Restored.Psnr:F2} dB"),
                Text($"{result.Gain:+0.00;-0.00} dB"),
                Text($"{result.Noisy.Ssim:F3}"),
                Text($"{result.Restored.Ssim:F3}"),
                Text($"{result.SecondsPerMegapixel:F2}"));
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
