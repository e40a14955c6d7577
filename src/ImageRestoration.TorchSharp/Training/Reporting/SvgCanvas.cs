using System.Globalization;
using System.Text;
using System.Xml;

namespace ImageRestoration.TorchSharp;

/// <summary>Lines and text of an SVG chart.</summary>
internal sealed class SvgCanvas
{
    internal const string Ink = "#24292f", Faint = "#57606a", Grid = "#d8dee4", Edge = "#8c959f";

    private readonly XmlWriter _xml;

    private SvgCanvas(XmlWriter xml) => _xml = xml;

    /// <summary>Draws a document.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="title">What programs for the blind read, and others show where the mouse rests.</param>
    /// <param name="draw">Draws on a white ground.</param>
    internal static string ToText(double width, double height, string title, Action<SvgCanvas> draw)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            var canvas = new SvgCanvas(xml);
            xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            canvas.Attributes(
                ("viewBox", Invariant($"0 0 {width} {height}")),
                ("width", Invariant($"{width}")),
                ("height", Invariant($"{height}")),
                ("font-family", "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"),
                ("font-size", "13"));
            xml.WriteElementString("title", title);
            canvas.Element("rect", ("width", Invariant($"{width}")), ("height", Invariant($"{height}")), ("fill", "#ffffff"));
            draw(canvas);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    internal static string Position(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    internal void Frame(double left, double top, double right, double bottom)
        => Element(
            "rect",
            ("x", Position(left)),
            ("y", Position(top)),
            ("width", Position(right - left)),
            ("height", Position(bottom - top)),
            ("fill", "none"),
            ("stroke", Edge));

    internal void Line(double x1, double y1, double x2, double y2, string color, params ReadOnlySpan<(string, string)> attributes)
        => Element(
            "line",
            [("x1", Position(x1)), ("y1", Position(y1)), ("x2", Position(x2)), ("y2", Position(y2)), ("stroke", color), .. attributes]);

    /// <summary>The title of an axis, from bottom to top.</summary>
    internal void AxisTitle(double x, double y, string text, string color)
        => Text(x, y, text, color, "middle", ("transform", Invariant($"rotate(-90 {x} {y})")));

    internal void Text(double x, double y, string text, string color, string anchor, params ReadOnlySpan<(string, string)> attributes)
    {
        _xml.WriteStartElement("text");
        Attributes([("x", Position(x)), ("y", Position(y)), ("fill", color), ("text-anchor", anchor), .. attributes]);
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    internal void Element(string name, params ReadOnlySpan<(string, string)> attributes)
    {
        _xml.WriteStartElement(name);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }
    }
}
