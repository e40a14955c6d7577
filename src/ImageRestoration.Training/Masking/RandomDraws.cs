namespace ImageRestoration.Masking;

/// <summary>Draws that several strategies need, in an order that depends on nothing but the random source.</summary>
internal static class RandomDraws
{
    public static double NextUniform(this Random random, double minimum, double maximum)
        => minimum + ((maximum - minimum) * random.NextDouble());

    /// <summary>Sets a number of items, every choice of them equally likely, to 1 and all others to 0.</summary>
    public static void ChooseSubset(this Random random, Span<byte> items, long count)
    {
        // Drawing until an item is found that was not drawn before takes less than 1.4 draws on average if at most half is drawn.
        bool most = count > items.Length / 2;
        byte chosen = most ? (byte)0 : (byte)1;
        items.Fill(most ? (byte)1 : (byte)0);
        for (long rest = most ? items.Length - count : count; rest > 0;)
        {
            ref byte item = ref items[random.Next(items.Length)];
            if (item != chosen)
            {
                item = chosen;
                rest--;
            }
        }
    }
}
