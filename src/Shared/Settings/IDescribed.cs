namespace ImageRestoration;

/// <summary>Something whose results depend on settings of its own, all of which it names.</summary>
internal interface IDescribed
{
    /// <summary>Adds every setting that changes results.</summary>
    void Describe(SettingList settings);
}
