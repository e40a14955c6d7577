namespace ImageRestoration;

/// <summary>Collects everything wrong with a set of options, so that one exception reports it all.</summary>
internal sealed class OptionErrors
{
    private readonly List<string> _errors = [];

    public void Add(string error) => _errors.Add(error);

    public void CheckRange(string name, double value, double minimum, double maximum)
    {
        // Written so that NaN fails, here and below.
        if (!(value >= minimum && value <= maximum))
        {
            Add(FormattableString.Invariant($"{name} is {value}; it must be from {minimum} to {maximum}."));
        }
    }

    public void CheckAboveZero(string name, double value, double maximum = 1)
    {
        if (!(value > 0 && value <= maximum))
        {
            Add(FormattableString.Invariant($"{name} is {value}; it must be above 0 and at most {maximum}."));
        }
    }

    public void CheckOrder(string minimumName, double minimum, string maximumName, double maximum)
    {
        if (minimum > maximum)
        {
            Add(FormattableString.Invariant($"{minimumName} ({minimum}) exceeds {maximumName} ({maximum})."));
        }
    }

    /// <summary>Checks a range of whole numbers.</summary>
    public void CheckCounts(string minimumName, int minimum, string maximumName, int maximum, int most)
    {
        CheckRange(minimumName, minimum, 1, most);
        CheckRange(maximumName, maximum, 1, most);
        CheckOrder(minimumName, minimum, maximumName, maximum);
    }

    /// <summary>Checks a range of lengths, each a share of the picture's size.</summary>
    public void CheckLengths(string minimumName, double minimum, string maximumName, double maximum)
    {
        CheckAboveZero(minimumName, minimum);
        CheckAboveZero(maximumName, maximum);
        CheckOrder(minimumName, minimum, maximumName, maximum);
    }

    /// <summary>Checks a range of shares of the pixels.</summary>
    public void CheckShares(string minimumName, double minimum, string maximumName, double maximum)
    {
        CheckRange(minimumName, minimum, 0, 1);
        CheckRange(maximumName, maximum, 0, 1);
        CheckOrder(minimumName, minimum, maximumName, maximum);
    }

    /// <summary>Throws one exception that lists all errors.</summary>
    /// <param name="subject">What was checked, in the plural: fills the gap in "The … are wrong".</param>
    /// <param name="parameterName">
    /// The parameter that holds the options, or <see langword="null"/> where they are parameters themselves.
    /// </param>
    public void ThrowIfAny(string subject, string? parameterName = null)
    {
        if (_errors.Count > 0)
        {
            throw new ArgumentException($"The {subject} are wrong: {string.Join(" ", _errors)}", parameterName);
        }
    }
}
