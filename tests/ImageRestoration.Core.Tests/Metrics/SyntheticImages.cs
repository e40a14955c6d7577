using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Metrics;

/// <summary>Pictures made by formulas in whole numbers, the same as in reference_values.py.</summary>
internal static class SyntheticImages
{
    public static int[] Levels(string source, int channels, int height, int width)
    {
        int[] levels = new int[channels * height * width];
        int i = 0;
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++, i++)
                {
                    levels[i] = source switch
                    {
                        "Pattern" => ((x * 7) + (y * 13) + (c * 29) + (x * y % 17 * 5) + (((x / 8) + (y / 8)) % 2 * 60)) % 256,
                        "Flat" => 200 + c + ((x + (3 * y)) % 11 == 0 ? 1 : 0),
                        "HashNoise" => Hash(i),
                        _ => throw new ArgumentOutOfRangeException(nameof(source)),
                    };
                }
            }
        }

        return levels;
    }

    public static int[] Disturb(int[] levels, int strength)
        => [.. levels.Select((level, i) => Math.Clamp(level + (Hash(i) * ((2 * strength) + 1) / 256) - strength, 0, 255))];

    public static ImageTensor ToTensor(int[] levels, ImageShape shape, float white = 255f)
        => ImageTensor.Wrap(Array.ConvertAll(levels, level => level / white), shape);

    /// <summary>A picture and its disturbed version.</summary>
    public static (ImageTensor Expected, ImageTensor Actual) Pair(string source, int channels, int height, int width, int strength, float white = 255f)
    {
        int[] levels = Levels(source, channels, height, width);
        var shape = ImageShape.Single(channels, height, width);
        return (ToTensor(levels, shape, white), ToTensor(Disturb(levels, strength), shape, white));
    }

    /// <summary>Scattered blocks and the left border.</summary>
    public static Mask Missing(int height, int width)
    {
        var mask = new Mask(height, width);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                mask[y, x] = (((x / 5) + (y / 7)) % 3 == 0 && x % 64 < 40) || x < 3;
            }
        }

        return mask;
    }

    private static int Hash(int i)
    {
        uint h = unchecked(((uint)i * 2654435761u) + 12345u);
        h ^= h >> 15;
        h = unchecked(h * 2246822519u);
        h ^= h >> 13;
        return (int)(h & 255);
    }
}
