using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Masking;

/// <summary>Masks as text, a line for each row: # = missing, . = known.</summary>
internal static class MaskDrawing
{
    public static Mask Parse(params string[] rows)
    {
        var mask = new Mask(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < rows[row].Length; column++)
            {
                mask[row, column] = rows[row][column] == '#';
            }
        }

        return mask;
    }

    public static string[] Format(Mask mask)
        => [.. Enumerable.Range(0, mask.Height).Select(row => string.Concat(Enumerable.Range(0, mask.Width).Select(column => mask[row, column] ? '#' : '.')))];
}
