using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>What the layers of a network make and cost for one input, as a table like that of PyTorch's torchinfo.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Input">Shape of the first input.</param>
/// <param name="Rows">The layers in order.</param>
/// <param name="Parameters">Number of learnable values.</param>
/// <param name="Macs">Multiply–accumulate operations for the whole batch; those of convolutions and linear layers.</param>
/// <param name="ActivationBytes">Memory of the results of all layers together in float32: what training keeps of a forward pass.</param>
/// <param name="PeakBytes">
/// The most memory in float32 that inputs and results need at once in inference: layers run in order, results kept until their last use.
/// </param>
/// <param name="WeightBytes">Memory of all parameters in float32, learnable or not.</param>
public sealed record NetworkSummary(
    string Name, ImageShape Input, ImmutableArray<NetworkSummaryRow> Rows, long Parameters, long Macs, long ActivationBytes, long PeakBytes,
    long WeightBytes)
{
    private const double Mebi = 1 << 20;
    private static readonly string[] Headings = ["Layer", "Kind", "Output shape", "Parameters", "MACs", "Share"];

    /// <summary>Writes the table and the totals. Numbers are written the same everywhere, whatever the user's language.</summary>
    /// <returns>Text of several lines.</returns>
    public override string ToString()
    {
        string[][] cells = [Headings, .. Rows.Select(row => new[]
        {
            row.Name,
            row.Kind,
            row.OutputShape.ToString(),
            Invariant($"{row.Parameters:N0}"),
            Invariant($"{row.Macs:N0}"),
            Invariant($"{100 * row.MacShare:F1} %"),
        })];
        int[] widths = [.. Headings.Select((_, column) => cells.Max(row => row[column].Length))];
        string line = new('-', widths.Sum() + (2 * (widths.Length - 1)));
        var text = new StringBuilder();
        text.Append(Name).Append(", input ").Append(Input).Append('\n').Append(line).Append('\n');
        for (int i = 0; i < cells.Length; i++)
        {
            // Words to the left, numbers to the right.
            IEnumerable<string> padded = cells[i].Select(
                (cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendJoin("  ", padded).Append('\n');
            if (i == 0)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.Append(line).Append('\n')
            .Append(Invariant($"Parameters: {Parameters:N0} ({WeightBytes / Mebi:N2} MiB with buffers)\n"))
            .Append(Invariant($"MACs: {Macs:N0}\n"))
            .Append(Invariant($"Activations: {ActivationBytes / Mebi:N2} MiB in training, {PeakBytes / Mebi:N2} MiB at once in inference"))
            .ToString();
    }

    internal static NetworkSummary Create(Network network, ImageShape input)
    {
        IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(input);
        long[] macs = [.. network.Layers.Select(layer => MacsOf(network, layer, shapes[layer.Name]))];
        long total = macs.Sum();
        ImmutableArray<NetworkSummaryRow> rows = [.. network.Layers.Select((layer, i) => new NetworkSummaryRow(
            layer.Name,
            layer.Kind,
            shapes[layer.Name],
            layer.Parameters.Where(p => p.Learned).Sum(p => p.ElementCount),
            macs[i],
            total > 0 ? (double)macs[i] / total : 0))];
        return new NetworkSummary(
            network.Name, input, rows, network.ParameterCount, total, sizeof(float) * rows.Sum(row => row.OutputShape.ElementCount),
            sizeof(float) * (long)NetworkAnalysis.PeakValues(network, name => shapes[name].ElementCount),
            sizeof(float) * network.Parameters.Sum(p => p.ElementCount));
    }

    private static long MacsOf(Network network, Layer layer, ImageShape output)
    {
        double perPosition = layer.MacsPerPosition(NetworkAnalysis.ChannelsOfInputs(network, layer));
        return checked((long)Math.Round(perPosition * output.Batch * output.PixelCount));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
