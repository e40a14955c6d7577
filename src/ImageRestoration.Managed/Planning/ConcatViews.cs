using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Lets values that are put side by side be written where they will stand: a place becomes a view of some blocks of the concatenation's
/// place, and nothing is copied. Only where the value begins a block, and where nobody writes to either place afterwards.
/// </summary>
internal static class ConcatViews
{
    /// <summary>
    /// Operations between a value's first and the concatenation, at most. A view keeps the whole concatenation in memory from then on, so
    /// a value that waits long for its neighbours, such as a skip connection, is copied instead.
    /// </summary>
    private const int LongestWait = 4;

    /// <summary>Finds the views.</summary>
    /// <param name="operations">The operations in order.</param>
    /// <param name="places">Place of each value.</param>
    /// <param name="shapes">Shape of each value.</param>
    /// <returns>For each place that is a view: the place it is part of, and its first block there.</returns>
    internal static Dictionary<string, (string Parent, int FirstBlock)> Find(
        ImmutableArray<Operation> operations, IReadOnlyDictionary<string, string> places, IReadOnlyDictionary<string, ImageShape> shapes)
    {
        var writers = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < operations.Length; i++)
        {
            string place = places[operations[i].Value];
            (writers.TryGetValue(place, out List<int>? list) ? list : writers[place] = []).Add(i);
        }

        var views = new Dictionary<string, (string Parent, int FirstBlock)>(StringComparer.Ordinal);
        var parents = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < operations.Length; i++)
        {
            Operation concat = operations[i];
            string parent = places[concat.Value];
            if (concat.Layer is not ConcatLayer || writers[parent].Count > 1 || views.ContainsKey(parent))
            {
                continue;
            }

            int channel = 0;
            foreach (string input in concat.Inputs)
            {
                string place = places[input];
                bool fits = channel % ValueLayout.Lanes == 0
                    && writers.TryGetValue(place, out List<int>? list)
                    && list[0] >= i - LongestWait
                    && list[^1] < i
                    && concat.Inputs.Count(name => places[name] == place) == 1 && !parents.Contains(place) && !views.ContainsKey(place);
                if (fits)
                {
                    views.Add(place, (parent, channel / ValueLayout.Lanes));
                    parents.Add(parent);
                }

                channel += shapes[input].Channels;
            }
        }

        return views;
    }
}
