using System.Collections.Immutable;
using System.Globalization;

namespace ImageRestoration;

/// <summary>
/// Settings as names and values, in the order in which they were added, with the same text in every culture. What has settings of its own
/// is the name of its type, followed by those, whose names begin with its own and a point: <c>Optimizer</c>, <c>Optimizer.Beta1</c>.
/// </summary>
internal sealed class SettingList
{
    /// <summary>The value of a setting that is <see langword="null"/>.</summary>
    internal const string None = "none";

    private readonly List<KeyValuePair<string, string>> _entries;
    private readonly SettingList _whole;
    private readonly string _prefix = string.Empty;

    internal SettingList()
    {
        _entries = [];
        _whole = this;
    }

    private SettingList(SettingList whole, string prefix)
    {
        _entries = whole._entries;
        _whole = whole;
        _prefix = prefix;
    }

    /// <summary>All settings so far.</summary>
    internal ImmutableArray<KeyValuePair<string, string>> Entries => [.. _entries];

    /// <summary>Whether something was added that does not name its settings: only what it does tells it from another of its type.</summary>
    internal bool IsIncomplete { get; private set; }

    /// <summary>The same list, for settings of what was added under a name.</summary>
    internal SettingList Of(string name) => new(_whole, $"{_prefix}{name}.");

    internal void Add(string name, string? value) => _entries.Add(new(_prefix + name, value ?? None));

    internal void Add(string name, bool value) => Add(name, value ? "true" : "false");

    /// <summary>Adds a number, which reads back as the same one, or the name of an enumeration's value.</summary>
    internal void Add(string name, IFormattable? value) => Add(name, value?.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Adds the name of a type, and the settings of its own.</summary>
    internal void Add(string name, IDescribed? value)
    {
        Add(name, value?.GetType().Name);
        value?.Describe(Of(name));
    }

    /// <summary>Adds the name of a type whose settings are not known.</summary>
    internal void AddOpaque(string name, object value)
    {
        Add(name, value.GetType().Name);
        _whole.IsIncomplete = true;
    }

    /// <summary>Something with its settings in one line, as records write themselves.</summary>
    internal static string Line(IDescribed value)
    {
        var settings = new SettingList();
        value.Describe(settings);
        return $"{value.GetType().Name} {{ {string.Join(", ", settings._entries.Select(entry => $"{entry.Key} = {entry.Value}"))} }}";
    }
}
