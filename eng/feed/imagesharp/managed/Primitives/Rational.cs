using System.Globalization;

namespace SixLabors.ImageSharp;

public readonly struct Rational : IEquatable<Rational>
{
    public Rational(uint value)
        : this(value, 1)
    {
    }

    public Rational(uint numerator, uint denominator)
        : this(numerator, denominator, true)
    {
    }

    public Rational(uint numerator, uint denominator, bool simplify)
    {
        if (simplify && numerator != 0 && denominator != 0)
        {
            (uint a, uint b) = (numerator, denominator);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            numerator /= a;
            denominator /= a;
        }

        this.Numerator = numerator;
        this.Denominator = denominator;
    }

    public Rational(double value)
        : this(value, false)
    {
    }

    public Rational(double value, bool bestPrecision)
    {
        value = Math.Abs(value);
        if (double.IsNaN(value) || value == 0)
        {
            this = new Rational(0, double.IsNaN(value) ? 0u : 1u, false);
            return;
        }

        if (double.IsInfinity(value))
        {
            this = new Rational(1, 0, false);
            return;
        }

        double epsilon = bestPrecision ? double.Epsilon : .000001;
        uint denominator = 1;
        uint numerator = (uint)Math.Min(uint.MaxValue, Math.Floor(value));
        double difference = Math.Abs(value - numerator);
        while (difference > epsilon && denominator < 10_000_000 && value * denominator * 10 < uint.MaxValue)
        {
            denominator *= 10;
            numerator = (uint)Math.Round(value * denominator);
            difference = Math.Abs(value - ((double)numerator / denominator));
        }

        this = new Rational(numerator, denominator, true);
    }

    public uint Numerator { get; }

    public uint Denominator { get; }

    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    public static Rational FromDouble(double value) => new(value, false);

    public double ToDouble() => (double)this.Numerator / this.Denominator;

    public float ToSingle() => (float)this.Numerator / this.Denominator;

    public bool Equals(Rational other) => this.Numerator == other.Numerator && this.Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && this.Equals(other);

    public override int GetHashCode() => HashCode.Combine(this.Numerator, this.Denominator);

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{this.Numerator}/{this.Denominator}");
}
