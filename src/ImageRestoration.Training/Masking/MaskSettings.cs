namespace ImageRestoration.Masking;

/// <summary>Adds strategies to the settings of what draws masks by them.</summary>
internal static class MaskSettings
{
    internal static void AddMasks(this SettingList settings, string name, IMaskStrategy? strategy)
    {
        if (strategy is null or IDescribed)
        {
            settings.Add(name, strategy as IDescribed);
        }
        else
        {
            settings.AddOpaque(name, strategy);
        }
    }
}
