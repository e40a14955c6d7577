using ImageRestoration.DependencyInjection;

namespace ImageRestoration.Managed;

/// <summary>
/// Settings of a registered restorer that runs in C# alone: the model, and what <see cref="ManagedOptions"/> has, in a form that
/// configuration binds to.
/// </summary>
public sealed class ManagedRestorerOptions : ModelRestorerOptions
{
    private static readonly ManagedOptions _defaults = new();

    /// <inheritdoc cref="ManagedOptions.Threads"/>
    public int? Threads { get; set; } = _defaults.Threads;

    /// <inheritdoc cref="ManagedOptions.CachedPlans"/>
    public int CachedPlans { get; set; } = _defaults.CachedPlans;

    /// <inheritdoc cref="ManagedOptions.AllowWinograd"/>
    public bool AllowWinograd { get; set; } = _defaults.AllowWinograd;

    internal ManagedOptions ToManagedOptions() => new()
    {
        Threads = Threads,
        CachedPlans = CachedPlans,
        AllowWinograd = AllowWinograd,
    };

    /// <inheritdoc/>
    protected override IEnumerable<string> FindErrors() => ToManagedOptions().FindErrors();
}
