using System.Globalization;
using System.Net;
using System.Text;

namespace RestorationDemo.Report;

/// <summary>The results as one HTML file that needs nothing besides itself.</summary>
internal static class HtmlReport
{
    public static string Create(long seed, IReadOnlyList<ReportedTask> tasks, IReadOnlyList<DemoPicture> pictures)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["style"] = Read("report.css"),
            ["script"] = Read("report.js"),
            ["seed"] = Text($"{seed}"),
            ["backend"] = string.Join(", ", tasks.Select(task => Encode($"{task.Restorer.Backend} ({task.Restorer.Device})")).Distinct(StringComparer.Ordinal)),
            ["facts"] = string.Concat(tasks.Select(task => Fact(task, [.. pictures.SelectMany(picture => picture.Results).Where(result => result.Task.Name == task.Task.Name)]))),
            ["rows"] = string.Concat(pictures.SelectMany(picture => picture.Results.Select(result => Row(picture, result)))),
            ["photographs"] = string.Concat(pictures.Select(Section)),
            ["credits"] = string.Concat(pictures.Select(picture => Credit(picture.Photograph))),
        };
        return Fill(Read("report.html"), values);
    }

    private static string Fact(ReportedTask task, IReadOnlyList<DemoResult> results)
    {
        string before = results.All(result => result.Before is not null) ? Text($"{results.Average(result => result.Before!.Value.Psnr):F1} → ") : string.Empty;
        return Text($"""
            <div><dt>{Encode(task.Task.After)}</dt><dd>{before}{results.Average(result => result.After.Psnr):F1} dB</dd>
            <dd>{Encode(task.Task.What)}. <strong>{Encode(task.Model.Info.Name)}</strong>, {task.Model.Network.ParameterCount:N0} parameters, {results.Sum(result => result.Time.TotalSeconds) / results.Sum(result => result.Megapixels):F2} s per megapixel.</dd></div>
            """);
    }

    private static string Row(DemoPicture picture, DemoResult r) => Text($"""
        <tr><th scope="row"><a href="#{Id(r)}">{Encode(picture.Photograph.Title)}</a></th><td>{picture.Width} × {picture.Height}</td><td>{Encode(r.Task.Name)}</td>
        <td>{r.Before?.Psnr:F2}</td><td>{r.After.Psnr:F2}</td><td class="gain">{r.Gain:+0.00;-0.00}</td>
        <td>{r.Before?.Ssim:F3}</td><td>{r.After.Ssim:F3}</td><td>{r.SecondsPerMegapixel:F2}</td></tr>
        """);

    private static string Section(DemoPicture picture)
    {
        string title = Encode(picture.Photograph.Title), id = Encode(picture.Photograph.Name);
        return Text($"""
            <section class="photograph" id="{id}" aria-labelledby="{id}-title">
              <h2 id="{id}-title">{title}</h2>
              <img class="original" hidden alt="{title}, original" width="{picture.CuttingWidth}" height="{picture.CuttingHeight}" src="{DataUri(picture.OriginalJpeg)}">
              <div class="pairs">{string.Concat(picture.Results.Select(result => Pair(picture, result)))}</div>
            </section>
            """);
    }

    // Without the script, the picture shows both halves side by side; the slider and the choice appear with it.
    private static string Pair(DemoPicture picture, DemoResult r)
    {
        string title = Encode(r.Photograph.Title), id = Id(r), before = Encode(r.Task.Before), after = Encode(r.Task.After);
        string scores = r.Before is { } score ? Text($"{score.Psnr:F1} → {r.After.Psnr:F1} dB") : Text($"{r.After.Psnr:F1} dB where pixels were missing");
        return Text($"""
            <article class="picture" id="{id}" aria-labelledby="{id}-title">
              <header>
                <h3 id="{id}-title">{after}</h3>
                <p>{scores}</p>
                <fieldset class="choice" hidden>
                  <legend class="unseen">Compare {title}, {after}, with</legend>
                  <label><input type="radio" name="{id}-left" value="{before}" checked><span>{before}</span></label>
                  <label><input type="radio" name="{id}-left" value="Original"><span>Original</span></label>
                </fieldset>
              </header>
              <div class="compare" style="--ratio:{picture.CuttingWidth}/{picture.CuttingHeight}">
                <img class="right" alt="{title}: {after}" width="{picture.CuttingWidth}" height="{picture.CuttingHeight}" src="{DataUri(r.AfterJpeg)}">
                <img class="left" data-is="{before}" alt="{title}: {before}" width="{picture.CuttingWidth}" height="{picture.CuttingHeight}" src="{DataUri(r.BeforeJpeg)}">
                <span class="tag start" aria-hidden="true">{before}</span><span class="tag end" aria-hidden="true">{after}</span>
                <span class="handle" aria-hidden="true"></span>
                <input class="slider" type="range" min="0" max="100" step="0.5" value="50" hidden aria-label="{title}: how much of the left picture to show, in percent">
              </div>
            </article>
            """);
    }

    private static string Credit(Photograph p)
        => Text($"""<li><cite>{Encode(p.Title)}</cite> by {Encode(p.Author)}, {p.Year}, <a href="{Encode(p.LicenseUrl)}" rel="license">{Encode(p.License)}</a></li>""");

    private static string Id(DemoResult r) => Encode($"{r.Photograph.Name}-{r.Task.Name}");

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
