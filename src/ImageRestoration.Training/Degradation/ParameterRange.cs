namespace ImageRestoration.Degradation;

/// <summary>A parameter that is fixed or drawn uniformly for each picture.</summary>
internal readonly record struct ParameterRange
{
    private ParameterRange(double minimum, double maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>Checks a fixed parameter.</summary>
    /// <param name="value">The parameter.</param>
    /// <param name="limits">What the parameter may be, with a sentence that says so.</param>
    /// <param name="name">Name of the argument.</param>
    public static ParameterRange Fixed(double value, ParameterLimits limits, string name)
    {
        limits.ThrowIfOutside(value, name);
        return new ParameterRange(value, value);
    }

    /// <summary>Checks both ends of a range and their order.</summary>
    public static ParameterRange Between(double minimum, double maximum, ParameterLimits limits, string minimumName, string maximumName)
    {
        limits.ThrowIfOutside(minimum, minimumName);
        limits.ThrowIfOutside(maximum, maximumName);
        if (minimum > maximum)
        {
            throw DegradationErrors.Order(
                minimumName, minimum, maximum, "The smallest value exceeds the largest", "Give the smaller one first.");
        }

        return new ParameterRange(minimum, maximum);
    }

    /// <summary>A range from options that are checked already.</summary>
    public static ParameterRange Checked(double minimum, double maximum) => new(minimum, maximum);

    /// <summary>Draws the parameter of one picture; nothing is drawn where it is fixed.</summary>
    public double Draw(Random random) => Minimum < Maximum ? Minimum + ((Maximum - Minimum) * random.NextDouble()) : Minimum;
}

/// <summary>What a parameter may be.</summary>
/// <param name="Lowest">Smallest allowed value.</param>
/// <param name="Highest">Largest allowed value.</param>
/// <param name="Rule">A sentence that says so, with the unit: the text of the error.</param>
internal readonly record struct ParameterLimits(double Lowest, double Highest, string Rule)
{
    public void ThrowIfOutside(double value, string name)
    {
        // Written so that NaN fails.
        if (!(value >= Lowest && value <= Highest))
        {
            throw new ArgumentOutOfRangeException(name, value, Rule);
        }
    }
}
