using ImageRestoration.Data;

namespace ImageRestoration.Tests.Data;

/// <summary>Pictures whose values tell channel, row and column: 10,000 × channel + 100 × row + column.</summary>
internal sealed class PositionSource(int count, int channels, int height, int width) : IPatchSource
{
    public int Count => count;

    public int Channels => channels;

    public string NameOf(int index) => $"picture{index}";

    public (int Height, int Width) SizeOf(int index) => (height, width);

    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
    {
        int i = 0;
        for (int c = 0; c < channels; c++)
        {
            for (int y = top; y < top + height; y++)
            {
                for (int x = left; x < left + width; x++)
                {
                    destination[i++] = (10_000 * c) + (100 * y) + x;
                }
            }
        }
    }
}
