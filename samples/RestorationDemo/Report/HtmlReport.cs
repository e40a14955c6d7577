using System.Globalization;
using System.Net;
using System.Text;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace RestorationDemo.Report;

/// <summary>The results as one HTML file that needs nothing besides itself.</summary>
internal static class HtmlReport
{
    public static string Create(DemoOptions options, Model model, RestorerInfo restorer, IReadOnlyList<DemoResult> results)
    {
        string facts = string.Concat(
            Fact("Mean gain", Text($"{results.Average(r => r.Gain):+0.0;-0.0} dB")),
            Fact("Mean PSNR", Text($"{results.Average(r => r.Noisy.Psnr):F1} → {results.Average(r => r.Restored.Psnr):F1} dB")),
            Fact("Mean SSIM", Text($"{results.Average(r => r.Noisy.Ssim):F2} → {results.Average(r => r.Restored.Ssim):F2}")),
            Fact("Time", Text($"{results.Sum(r => r.Time.TotalSeconds) / results.Sum(r => r.Megapixels):F2} s/megapixel")));
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["style"] = Read("report.css"),
            ["script"] = Read("report.js"),
            ["sigma"] = Text($"{options.Sigma}"),
            ["seed"] = Text($"{options.Seed}"),
            ["model"] = Encode(model.Info.Name),
            ["parameters"] = Text($"{model.Network.ParameterCount:N0}"),
            ["backend"] = Encode($"{restorer.Backend} ({restorer.Device})"),
            ["facts"] = facts,
            ["rows"] = string.Concat(results.Select(Row)),
            ["pictures"] = string.Concat(results.Select(Picture)),
            ["credits"] = string.Concat(results.Select(Credit)),
        };
        return Fill(Read("report.html"), values);
    }

    private static string Fact(string name, string value) => $"<div><dt>{name}</dt><dd>{value}</dd></div>";

    private static string Row(DemoResult r) => Text($"""
        <tr><th scope="row"><a href="#{Id(r)}">{Encode(r.Photograph.Title)}</a></th><td>{r.Width} × {r.Height}</td>
        <td>{r.Noisy.Psnr:F2}</td><td>{r.Restored.Psnr:F2}</td><td class="gain">{r.Gain:+0.00;-0.00}</td>
        <td>{r.Noisy.Ssim:F3}</td><td>{r.Restored.Ssim:F3}</td><td>{r.SecondsPerMegapixel:F2}</td></tr>
        """);

    // Without the script, the picture shows both halves side by side; the slider and the choice appear with it.
    private static string Picture(DemoResult r)
    {
        string title = Encode(r.Photograph.Title), id = Id(r);
        return Text($"""
            <section class="picture" id="{id}" aria-labelledby="{id}-title">
              <header>
                <h2 id="{id}-title">{title}</h2>
                <p>{r.Noisy.Psnr:F1} → {r.Restored.Psnr:F1} dB</p>
                <fieldset class="choice" hidden>
                  <legend class="unseen">Compare the restored picture of {title} with</legend>
                  <label><input type="radio" name="{id}-left" value="noisy" checked><span>Noisy</span></label>
                  <label><input type="radio" name="{id}-left" value="original"><span>Original</span></label>
                </fieldset>
              </header>
              <div class="compare" style="--ratio:{r.Width}/{r.Height}">
                <img class="right" alt="{title}, restored" width="{r.Width}" height="{r.Height}" src="{DataUri(r.RestoredJpeg)}">
                <img class="left" data-is="noisy" alt="{title}, noisy" width="{r.Width}" height="{r.Height}" src="{DataUri(r.NoisyJpeg)}">
                <img class="left" data-is="original" hidden alt="{title}, original" width="{r.Width}" height="{r.Height}" src="{DataUri(r.OriginalJpeg)}">
                <span class="tag start" aria-hidden="true">Noisy</span><span class="tag end" aria-hidden="true">Restored</span>
                <span class="handle" aria-hidden="true"></span>
                <input class="slider" type="range" min="0" max="100" step="0.5" value="50" hidden aria-label="{title}: how much of the noisy picture to show, in percent">
              </div>
            </section>
            """);
    }

    private static string Credit(DemoResult r)
    {
        Photograph p = r.Photograph;
        return Text($"""<li><cite>{Encode(p.Title)}</cite> by {Encode(p.Author)}, {p.Year}, <a href="{Encode(p.LicenseUrl)}" rel="license">{Encode(p.License)}</a></li>""");
    }

    private static string Id(DemoResult r) => Encode(r.Photograph.Name);

    private static string DataUri(byte[] jpeg) => $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Read(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Replaces every {{name}} in one pass, so that what is filled in is not searched again.</summary>
    private static string Fill(string template, Dictionary<string, string> values)
    {
        var html = new StringBuilder();
        int position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is >= 0 and int start)
        {
            int end = template.IndexOf("}}", start, StringComparison.Ordinal);
            html.Append(template, position, start - position).Append(values[template[(start + 2)..end]]);
            position = end + 2;
        }

        return html.Append(template, position, template.Length - position).ToString();
    }
}
