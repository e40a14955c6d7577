namespace ImageRestoration.Photos;

/// <summary>
/// Changes what an XMP packet says of the orientation (XMP specification, part 2, section 3.5: TIFF properties), in place of its digit.
/// </summary>
internal static class XmpPacket
{
    private static ReadOnlySpan<byte> Property => "tiff:Orientation"u8;

    /// <summary>A copy that says that the picture is upright, where the packet says anything of it.</summary>
    internal static byte[] Upright(ReadOnlySpan<byte> packet)
    {
        byte[] copy = packet.ToArray();
        for (int at = packet.IndexOf(Property); at >= 0;)
        {
            // As an attribute, tiff:Orientation="6", or as an element, <tiff:Orientation>6</tiff:Orientation>, whose end says nothing.
            int digit = at + Property.Length;
            while (digit < copy.Length && copy[digit] is (byte)'=' or (byte)'"' or (byte)'\'' or (byte)'>' or (byte)' ')
            {
                digit++;
            }

            bool isEnd = at > 0 && copy[at - 1] == '/';
            if (!isEnd && digit < copy.Length && copy[digit] is >= (byte)'1' and <= (byte)'8')
            {
                copy[digit] = (byte)'1';
            }

            int next = packet[digit..].IndexOf(Property);
            at = next < 0 ? -1 : digit + next;
        }

        return copy;
    }
}
