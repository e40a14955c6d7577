using ImageRestoration.Imaging;

namespace ImageRestoration.Quality.Robustness;

/// <summary>Pictures by formula.</summary>
internal static class SyntheticPictures
{
    private const int LetterHeight = 7, LetterWidth = 5, Gap = 1, Margin = 4;
    private const int Levels = ushort.MaxValue;
    private const string Sentence = "RESTORE 0123456789 NOISE ";

    /// <summary>Letters of 5×7 pixels: seven rows of five bits, the leftmost the highest.</summary>
    private static readonly Dictionary<char, byte[]> Font = new()
    {
        [' '] = [0, 0, 0, 0, 0, 0, 0],
        ['0'] = [14, 17, 19, 21, 25, 17, 14],
        ['1'] = [4, 12, 4, 4, 4, 4, 14],
        ['2'] = [14, 17, 1, 2, 4, 8, 31],
        ['3'] = [31, 2, 4, 2, 1, 17, 14],
        ['4'] = [2, 6, 10, 18, 31, 2, 2],
        ['5'] = [31, 16, 30, 1, 1, 17, 14],
        ['6'] = [6, 8, 16, 30, 17, 17, 14],
        ['7'] = [31, 1, 2, 4, 8, 8, 8],
        ['8'] = [14, 17, 17, 14, 17, 17, 14],
        ['9'] = [14, 17, 17, 15, 1, 2, 12],
        ['E'] = [31, 16, 16, 30, 16, 16, 31],
        ['I'] = [14, 4, 4, 4, 4, 4, 14],
        ['N'] = [17, 17, 25, 21, 19, 17, 17],
        ['O'] = [14, 17, 17, 17, 17, 17, 14],
        ['R'] = [30, 17, 17, 30, 20, 18, 17],
        ['S'] = [15, 16, 16, 14, 1, 1, 30],
        ['T'] = [31, 4, 4, 4, 4, 4, 4],
    };

    /// <summary>Makes a picture of equal planes.</summary>
    public static ImageTensor Create(int channels, int height, int width, Func<int, int, float> value)
        => Create(channels, height, width, (_, y, x) => value(y, x));

    /// <summary>Makes a picture of a function of channel, row and column.</summary>
    public static ImageTensor Create(int channels, int height, int width, Func<int, int, int, float> value)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<float> row = image.Row(0, c, y);
                for (int x = 0; x < width; x++)
                {
                    row[x] = value(c, y, x);
                }
            }
        }

        return image;
    }

    /// <summary>A slow wave from 0.2 to 0.8.</summary>
    public static float Wave(int y, int x) => 0.5f + (0.3f * MathF.Sin((0.21f * x) + (0.13f * y)));

    /// <summary>White lines of one pixel on black: across, down and aslant.</summary>
    public static float Lines(int y, int x) => y % 16 == 5 || x % 16 == 9 || (x + y) % 24 == 0 ? 1 : 0;

    /// <summary>From black to white in steps of whole levels of 16 bits, from left to right.</summary>
    public static Func<int, int, float> Ramp(int length) => (_, x) => MathF.Round((float)x / (length - 1) * Levels) / Levels;

    /// <summary>Black letters on white.</summary>
    /// <param name="scale">Pixels per dot.</param>
    public static Func<int, int, float> Text(int scale) => (y, x) =>
    {
        int row = (y - Margin) / scale, column = (x - Margin) / scale;
        if (y < Margin || x < Margin)
        {
            return 1;
        }

        (int line, int dotRow) = Math.DivRem(row, LetterHeight + (2 * Gap));
        (int letter, int dotColumn) = Math.DivRem(column, LetterWidth + Gap);
        byte[] dots = Font[Sentence[((5 * line) + letter) % Sentence.Length]];
        return dotRow < LetterHeight && dotColumn < LetterWidth && (dots[dotRow] >> (LetterWidth - 1 - dotColumn) & 1) == 1 ? 0 : 1;
    };
}
