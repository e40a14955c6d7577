using ImageRestoration.DependencyInjection;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Settings of a registered restorer that runs on libtorch: the model, and what <see cref="TorchOptions"/> has, in a form that
/// configuration binds to.
/// </summary>
public sealed class TorchRestorerOptions : ModelRestorerOptions
{
    private static readonly TorchOptions _defaults = new();

    /// <inheritdoc cref="TorchOptions.Device"/>
    public string Device { get; set; } = _defaults.Device;

    /// <inheritdoc cref="TorchOptions.Precision"/>
    public ComputePrecision Precision { get; set; } = _defaults.Precision;

    /// <inheritdoc cref="TorchOptions.Threads"/>
    public int? Threads { get; set; } = _defaults.Threads;

    internal TorchOptions ToTorchOptions() => new()
    {
        Device = Device,
        Precision = Precision,
        Threads = Threads,
    };

    /// <inheritdoc/>
    protected override IEnumerable<string> FindErrors() => ToTorchOptions().FindErrors();
}
