namespace ImageRestoration.Managed;

/// <summary>A scale and an offset for each lane of each block; 0 in lanes without a channel.</summary>
internal sealed record PackedAffine(PackedWeights Scale, PackedWeights Offset)
{
    internal static PackedAffine Pack(ChannelAffine affine) => new(Pack(affine.Scale), Pack(affine.Offset));

    internal static PackedWeights Pack(ReadOnlySpan<double> values)
    {
        var packed = new PackedWeights((long)ValueLayout.BlocksOf(values.Length) * ValueLayout.Lanes);
        for (int i = 0; i < values.Length; i++)
        {
            packed.Values[i] = (float)values[i];
        }

        return packed;
    }
}
