using System.Runtime.CompilerServices;

namespace ImageRestoration.TorchSharp;

/// <summary>The check of every weight of a loss.</summary>
internal static class LossWeight
{
    /// <summary>Throws unless a weight is finite and not negative.</summary>
    internal static double Required(double value, [CallerMemberName] string name = "")
        => value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite and not negative.");
}
