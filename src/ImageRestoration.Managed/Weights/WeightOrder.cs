using System.Collections.Immutable;

namespace ImageRestoration.Managed;

/// <summary>
/// The order of packed weights: group of output blocks, input block, kernel row, kernel column, input channel; then the group's output
/// channels side by side.
/// </summary>
internal readonly struct WeightOrder
{
    private readonly List<(int Input, int Ky, int Kx, OutputGroup Group)> _runs;

    internal WeightOrder(int inChannels, int kernelHeight, int kernelWidth, ImmutableArray<OutputGroup> groups)
    {
        _runs = new(checked(groups.Length * inChannels * kernelHeight * kernelWidth));
        foreach (OutputGroup group in groups)
        {
            for (int firstInput = 0; firstInput < inChannels; firstInput += ValueLayout.Lanes)
            {
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    for (int kx = 0; kx < kernelWidth; kx++)
                    {
                        for (int input = firstInput; input < Math.Min(firstInput + ValueLayout.Lanes, inChannels); input++)
                        {
                            _runs.Add((input, ky, kx, group));
                        }
                    }
                }
            }
        }
    }

    internal int Runs => _runs.Count;

    internal (int Input, int Ky, int Kx, OutputGroup Group) this[int run] => _runs[run];
}
