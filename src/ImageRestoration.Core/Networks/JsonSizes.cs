using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Sizes as JSON: <c>[height, width]</c>.</summary>
internal static class JsonSizes
{
    internal static void WriteSize(this Utf8JsonWriter writer, string name, Size2d size)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(size.Height);
        writer.WriteNumberValue(size.Width);
        writer.WriteEndArray();
    }
}
