using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Draws masks that look as if parts of the picture had been wiped out with a brush: zigzag strokes with round joints.</summary>
/// <remarks>
/// After the algorithm for free-form masks in Yu, Lin, Yang, Shen, Lu and Huang, "Free-Form Image Inpainting with Gated
/// Convolution" (DeepFill v2), ICCV 2019, with lengths relative to the picture and an optional share of missing pixels.
/// With a <see cref="SeededRandom"/>, masks are the same on every platform. Instances are immutable and safe for use from several threads.
/// </remarks>
public sealed class FreeFormMaskStrategy : IMaskStrategy, IDescribed
{
    /// <summary>
    /// Strokes after which a mask that must reach a share is completed by filling rows, as where nearly everything is missing.
    /// </summary>
    private const int StrokeLimit = 256;

    /// <summary>Halvings when a stroke is cut to fit: enough to resolve a fraction of a pixel in any picture.</summary>
    private const int FitSteps = 20;

    private readonly FreeFormMaskOptions _options;
    private readonly ShareRange _share;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Shape and number of the strokes; <see langword="null"/> for the defaults, those of the paper.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public FreeFormMaskStrategy(FreeFormMaskOptions? options = null)
    {
        _options = options ?? new FreeFormMaskOptions();
        _options.Validate(nameof(options));
        _share = new ShareRange(_options.MinimumShare, _options.MaximumShare);
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <summary>Draws a mask. The same size and the same state of <paramref name="random"/> give the same mask.</summary>
    /// <remarks>
    /// The share of missing pixels is within the options' limits. Where a picture is so small that no whole number of pixels
    /// lies within them, the number nearest to their middle is missing.
    /// </remarks>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="random">Source of all randomness.</param>
    /// <returns>The mask: 1 = missing, 0 = known.</returns>
    public Mask Create(int height, int width, Random random)
    {
        var mask = new Mask(height, width);
        ArgumentNullException.ThrowIfNull(random);
        (long floor, long ceiling) = _share.CountLimits((long)height * width);
        int strokes = random.Next(_options.MinimumStrokes, _options.MaximumStrokes + 1);
        if (_options.MinimumShare > 0)
        {
            ceiling = random.NextInt64(floor, ceiling + 1);
            strokes = StrokeLimit;
        }

        var canvas = new BrushCanvas(mask);
        bool isFull = ceiling == 0;
        for (int i = 0; i < strokes && !isFull; i++)
        {
            isFull = !DrawStroke(canvas, ceiling, random) && canvas.Missing >= floor;
        }

        canvas.FillRows(floor, random);
        return mask;
    }

    /// <summary>Draws one stroke, or as much of it as the ceiling allows.</summary>
    /// <returns>Whether the whole stroke was drawn.</returns>
    private bool DrawStroke(BrushCanvas canvas, long ceiling, Random random)
    {
        int vertices = random.Next(_options.MinimumVertices, _options.MaximumVertices + 1);
        double smallestAngle = _options.MeanAngle - (_options.AngleRange * random.NextDouble());
        double largestAngle = _options.MeanAngle + (_options.AngleRange * random.NextDouble());
        double brushShare = random.NextUniform(_options.MinimumBrushWidth, _options.MaximumBrushWidth);
        double radius = Math.Max(1, brushShare * Math.Min(canvas.Width, canvas.Height)) / 2;

        // The paper mirrors the finished mask at random; mirroring the directions of each stroke has the same purpose.
        double mirrorX = random.Next(2) == 0 ? 1 : -1;
        double mirrorY = random.Next(2) == 0 ? 1 : -1;

        // Starting on the centre of a pixel, even the thinnest brush leaves a mark.
        var start = new BrushPoint(random.Next(canvas.Width) + 0.5, random.Next(canvas.Height) + 0.5);
        var dot = new BrushSegment(start, start, radius);
        if (!Draw(canvas, ceiling, dot with { Radius = 0 }, dot))
        {
            return false;
        }

        for (int i = 0; i < vertices; i++)
        {
            double angle = random.NextUniform(smallestAngle, largestAngle);
            (double sin, double cos) = PortableMath.SinCosOfTurns(angle / 360);
            double length = DrawLength(canvas, random);
            double turn = i % 2 == 0 ? -1 : 1;
            var end = new BrushPoint(
                Math.Clamp(dot.From.X + (length * cos * mirrorX), 0, canvas.Width),
                Math.Clamp(dot.From.Y + (length * sin * mirrorY * turn), 0, canvas.Height));
            if (!Draw(canvas, ceiling, dot, dot with { To = end }))
            {
                return false;
            }

            dot = new BrushSegment(end, end, radius);
        }

        return true;
    }

    /// <summary>Draws a piece as far as the ceiling allows, growing from a part that adds next to nothing.</summary>
    private static bool Draw(BrushCanvas canvas, long ceiling, BrushSegment part, BrushSegment whole)
    {
        if (canvas.Missing + canvas.CountNew(whole) <= ceiling)
        {
            canvas.Paint(whole);
            return true;
        }

        double fits = 0;
        double exceeds = 1;
        for (int i = 0; i < FitSteps; i++)
        {
            double middle = (fits + exceeds) / 2;
            if (canvas.Missing + canvas.CountNew(BrushSegment.Between(part, whole, middle)) <= ceiling)
            {
                fits = middle;
            }
            else
            {
                exceeds = middle;
            }
        }

        BrushSegment cut = BrushSegment.Between(part, whole, fits);
        if (canvas.Missing + canvas.CountNew(cut) <= ceiling)
        {
            canvas.Paint(cut);
        }

        return false;
    }

    private double DrawLength(BrushCanvas canvas, Random random)
    {
        double mean = _options.MeanLength * canvas.Diagonal;
        Span<float> normal = stackalloc float[1];
        random.NextGaussian(normal);
        return Math.Clamp(mean + (0.5 * mean * normal[0]), 0, 2 * mean);
    }
}
