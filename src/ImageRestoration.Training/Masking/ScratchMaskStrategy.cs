using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>
/// Makes scratches missing: thin, long, slightly wavering curves of random width, length and direction, such as on old prints and films.
/// Without wavering they are lines.
/// </summary>
/// <remarks>
/// The middle of a scratch may be any pixel, so that every scratch leaves a mark. With a <see cref="SeededRandom"/>, masks are the same
/// on every platform. Instances are immutable and safe for use from several threads.
/// </remarks>
public sealed class ScratchMaskStrategy : IMaskStrategy, IDescribed
{
    /// <summary>Straight pieces per length of the picture's diagonal: short enough to look like a curve.</summary>
    private const int PiecesPerDiagonal = 96;

    /// <summary>How much of the wavering's range the direction may turn from one piece to the next.</summary>
    private const double TurnShare = 0.25;

    private readonly ScratchMaskOptions _options;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Number and form of the scratches; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public ScratchMaskStrategy(ScratchMaskOptions? options = null)
    {
        _options = options ?? new ScratchMaskOptions();
        _options.Validate(nameof(options));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        var canvas = new BrushCanvas(mask);
        for (int rest = random.Next(_options.MinimumCount, _options.MaximumCount + 1); rest > 0; rest--)
        {
            double radius = Math.Max(1, random.NextUniform(_options.MinimumWidth, _options.MaximumWidth) * Math.Min(height, width)) / 2;
            double length = random.NextUniform(_options.MinimumLength, _options.MaximumLength);
            double angle = random.NextUniform(_options.MinimumAngle, _options.MaximumAngle);
            double waver = random.NextUniform(-_options.Wavering, _options.Wavering);
            var middle = new BrushPoint(random.Next(width) + 0.5, random.Next(height) + 0.5);
            DrawHalf(canvas, middle, radius, length / 2, angle, waver, random);

            // The other half begins in the opposite direction, so that the curve has no corner in its middle.
            DrawHalf(canvas, middle, radius, length / 2, angle + 180, waver, random);
        }

        return mask;
    }

    private void DrawHalf(BrushCanvas canvas, BrushPoint start, double radius, double length, double angle, double waver, Random random)
    {
        int pieces = (int)Math.Ceiling(length * PiecesPerDiagonal);
        double step = length * canvas.Diagonal / pieces;
        double turn = TurnShare * _options.Wavering;
        for (int i = 0; i < pieces; i++)
        {
            (double sin, double cos) = PortableMath.SinCosOfTurns((angle + waver) / 360);
            var end = new BrushPoint(start.X + (step * cos), start.Y + (step * sin));
            canvas.Paint(new BrushSegment(start, end, radius));
            start = end;
            waver = Math.Clamp(waver + random.NextUniform(-turn, turn), -_options.Wavering, _options.Wavering);
        }
    }
}
