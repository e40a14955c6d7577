namespace ImageRestoration.Classical.Inpainting;

/// <summary>How many pixels are missing in the patch around each pixel.</summary>
internal static class PatchWindows
{
    /// <summary>Stands for pixels so near to the border that the patch around them leaves the picture.</summary>
    internal const int Outside = -1;

    internal static int[] CountMissing(PatchLevel level, int half)
    {
        int size = (2 * half) + 1;
        int width = level.Width;
        int[] counts = new int[level.Missing.Length];
        counts.AsSpan().Fill(Outside);
        int[] columns = new int[width];
        for (int y = 0; y < level.Height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                columns[x] += level.Missing[(y * width) + x] - (y >= size ? level.Missing[((y - size) * width) + x] : 0);
            }

            int count = 0;
            for (int x = 0; x < width && y >= size - 1; x++)
            {
                count += columns[x] - (x >= size ? columns[x - size] : 0);
                if (x >= size - 1)
                {
                    counts[((y - half) * width) + x - half] = count;
                }
            }
        }

        return counts;
    }
}
