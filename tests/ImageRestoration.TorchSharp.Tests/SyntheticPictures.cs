using ImageRestoration.Data;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>Smooth pictures with edges, made by formula.</summary>
internal sealed class SyntheticPictures(int count, int channels, int height, int width) : IPatchSource
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
                    float wave = 0.3f * MathF.Sin((0.11f * (index + 1) * x) + c) * MathF.Cos(0.07f * y);
                    destination[i++] = 0.5f + wave + (((x / 9) + (y / 7) + index) % 2 == 0 ? 0.15f : -0.15f);
                }
            }
        }
    }
}
