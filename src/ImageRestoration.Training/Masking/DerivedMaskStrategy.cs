namespace ImageRestoration.Masking;

/// <summary>Draws a mask with one strategy and changes it.</summary>
internal sealed class DerivedMaskStrategy(IMaskStrategy inner, Func<Mask, Mask> change) : IMaskStrategy
{
    public Mask Create(int height, int width, Random random) => change(inner.Create(height, width, random));
}

/// <summary>Draws a mask with each of two strategies, the first one first, and combines them.</summary>
internal sealed class CombinedMaskStrategy(IMaskStrategy first, IMaskStrategy second, Func<Mask, Mask, Mask> combine) : IMaskStrategy
{
    public Mask Create(int height, int width, Random random)
    {
        Mask mask = first.Create(height, width, random);
        return combine(mask, second.Create(height, width, random));
    }
}
