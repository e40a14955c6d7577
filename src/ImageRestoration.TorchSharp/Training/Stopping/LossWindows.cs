using System.Globalization;

namespace ImageRestoration.TorchSharp;

/// <summary>Mean losses of consecutive windows of steps: of the last two that are complete, and of the one in progress.</summary>
/// <param name="length">Steps of a window, at least 1.</param>
internal sealed class LossWindows(long length)
{
    private long _count;
    private double _sum;
    private double? _last;
    private double? _previous;

    internal void Add(double loss)
    {
        _sum += loss;
        if (++_count == length)
        {
            (_previous, _last, _sum, _count) = (_last, _sum / _count, 0, 0);
        }
    }

    /// <summary>Whether the last complete window's mean is not below that of the window before it by a share of that.</summary>
    internal bool HasConverged(double tolerance)
        => _last is { } last && _previous is { } previous && !(previous - last >= tolerance * Math.Abs(previous));

    /// <summary>Everything as text, exactly.</summary>
    internal string Save() => string.Create(CultureInfo.InvariantCulture, $"{length} {_count} {_sum:R} {_last:R} {_previous:R}");

    /// <summary>Takes over another's losses.</summary>
    internal void Take(LossWindows other) => (_count, _sum, _last, _previous) = (other._count, other._sum, other._last, other._previous);

    /// <summary>Takes over what <see cref="Save"/> wrote; begins anew where that had windows of another length.</summary>
    /// <returns>Whether the text was such a text.</returns>
    internal bool TryLoad(string text)
    {
        string[] parts = text.Split(' ');
        if (parts.Length != 5
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long savedLength)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || !TryParse(parts[2], out double? sum) || sum is null
            || !TryParse(parts[3], out double? last)
            || !TryParse(parts[4], out double? previous)
            || count >= savedLength)
        {
            return false;
        }

        (_count, _sum, _last, _previous) = savedLength == length ? (count, sum.Value, last, previous) : (0, 0, null, null);
        return true;
    }

    private static bool TryParse(string text, out double? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return true;
        }

        bool valid = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        value = valid ? number : null;
        return valid;
    }
}
