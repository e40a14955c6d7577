namespace ImageRestoration.Masking;

/// <summary>Draws a mask with one strategy and changes it.</summary>
internal sealed class DerivedMaskStrategy(
    IMaskStrategy inner, string name, double? radius, Func<Mask, Mask> change) : IMaskStrategy, IDescribed
{
    public Mask Create(int height, int width, Random random) => change(inner.Create(height, width, random));

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddMasks("Strategy", inner);
        settings.Add("Change", name);
        settings.Add("Radius", radius);
    }
}

/// <summary>Draws a mask with each of two strategies, the first one first, and combines them.</summary>
internal sealed class CombinedMaskStrategy(IMaskStrategy first, IMaskStrategy second, string name, Func<Mask, Mask, Mask> combine)
    : IMaskStrategy, IDescribed
{
    public Mask Create(int height, int width, Random random)
    {
        Mask mask = first.Create(height, width, random);
        return combine(mask, second.Create(height, width, random));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddMasks("First", first);
        settings.AddMasks("Second", second);
        settings.Add("Combination", name);
    }
}
