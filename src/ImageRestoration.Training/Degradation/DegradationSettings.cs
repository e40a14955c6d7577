namespace ImageRestoration.Degradation;

/// <summary>Adds degradations to the settings of what applies them.</summary>
internal static class DegradationSettings
{
    internal static void AddDegradation(this SettingList settings, string name, IDegradation? degradation)
    {
        if (degradation is null or IDescribed)
        {
            settings.Add(name, degradation as IDescribed);
        }
        else
        {
            settings.AddOpaque(name, degradation);
        }
    }

    internal static void AddDegradations(this SettingList settings, string name, IReadOnlyList<IDegradation> degradations)
    {
        for (int i = 0; i < degradations.Count; i++)
        {
            settings.AddDegradation(Invariant($"{name}[{i}]"), degradations[i]);
        }
    }
}
