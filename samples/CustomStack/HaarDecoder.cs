using ImageRestoration.Networks;

namespace CustomStack;

/// <summary>
/// The decoder that belongs to <see cref="HaarEncoder"/>, declared with the library, so that every backend runs it. Its weights are not learnt:
/// the transform says what they are.
/// </summary>
internal static class HaarDecoder
{
    private const int Colors = HaarEncoder.Colors;
    private const int Inputs = Colors * (1 + HaarEncoder.Kinds);
    private const int Pixels = 4;

    /// <summary>Signs of sum, horizontal, vertical and diagonal detail in the four pixels of a block, row by row.</summary>
    private static readonly float[,] _signs = { { 1, 1, 1, 1 }, { 1, -1, 1, -1 }, { 1, 1, -1, -1 }, { 1, -1, -1, 1 } };

    internal static Network Network { get; } = Declare();

    internal static NetworkWeights Weights { get; } = new(Enumerable.Range(1, HaarEncoder.Levels).Select(level => KeyValuePair.Create($"{Join(level)}.weight", Inverse())));

    private static Network Declare()
    {
        var builder = new NetworkBuilder("haar-decoder");
        NetworkValue image = builder.Input(HaarEncoder.Approximation, Colors, 1 << HaarEncoder.Levels);
        NetworkValue[] details = [.. Enumerable.Range(1, HaarEncoder.Levels).Select(level => builder.Input(HaarEncoder.Details(level), Colors * HaarEncoder.Kinds, 1 << level))];
        for (int level = HaarEncoder.Levels; level >= 1; level--)
        {
            image = image.Concat([details[level - 1]]).Conv2d(Colors * Pixels, 1, bias: false, name: Join(level)).PixelShuffle(2);
        }

        builder.Output("image", image);
        return builder.Build();
    }

    private static string Join(int level) => $"join{level}";

    private static WeightTensor Inverse()
    {
        var values = new float[Colors * Pixels * Inputs];
        for (int color = 0; color < Colors; color++)
        {
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                for (int kind = 0; kind <= HaarEncoder.Kinds; kind++)
                {
                    values[(((color * Pixels) + pixel) * Inputs) + (kind * Colors) + color] = _signs[kind, pixel] / 2;
                }
            }
        }

        return new WeightTensor([Colors * Pixels, Inputs, 1, 1], values);
    }
}
