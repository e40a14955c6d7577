namespace ImageRestoration.Managed;

/// <summary>What <see cref="CombineStep{TOperations, TVector}"/> makes of two values.</summary>
internal enum Combination
{
    Sum,
    Product,

    /// <summary>First / (second + eps).</summary>
    Quotient,
}

/// <summary>
/// Elementwise combination, from the first input to the last; the output may lie where the first input does. Inputs of one channel, row or
/// column are repeated.
/// </summary>
internal sealed unsafe class CombineStep<TOperations, TVector>(
    string name, Combination combination, float eps, ValueLayout[] inputs, ValueLayout output)
    : RowStep(name, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        nint count = (nint)Target.Shape.Width * ValueLayout.Lanes;
        Row first = RowOf(inputs[0], context.Arena, batch, block, y);

        // Two at a time; with more than two inputs the output lies nowhere that is read later, which the plan sees to.
        for (int input = 1; input < inputs.Length; input++)
        {
            Row second = RowOf(inputs[input], context.Arena, batch, block, y);
            if (first.IsPlain && second.IsPlain)
            {
                for (nint i = 0; i < count; i += TOperations.Width)
                {
                    TOperations.Store(Combine(TOperations.Load(first.Start + i), TOperations.Load(second.Start + i)), destination + i);
                }
            }
            else
            {
                for (int x = 0; x < Target.Shape.Width; x++)
                {
                    for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
                    {
                        TOperations.Store(
                            Combine(Load(first, x, lane), Load(second, x, lane)), destination + ((nint)x * ValueLayout.Lanes) + lane);
                    }
                }
            }

            first = new Row(destination, ValueLayout.Lanes, OneChannel: false);
        }
    }

    private static TVector Load(Row row, int x, int lane)
        => row.OneChannel ? TOperations.Broadcast(row.Start[x * row.Step]) : TOperations.Load(row.Start + (x * row.Step) + lane);

    private TVector Combine(TVector a, TVector b) => combination switch
    {
        Combination.Sum => TOperations.Add(a, b),
        Combination.Product => TOperations.Multiply(a, b),
        _ => TOperations.Divide(a, TOperations.Add(b, TOperations.Broadcast(eps))),
    };

    private Row RowOf(ValueLayout value, float* arena, int batch, int block, int y)
    {
        bool oneChannel = value.Shape.Channels == 1 && Target.Shape.Channels > 1;
        bool oneRow = value.Shape.Height == 1, oneColumn = value.Shape.Width == 1 && Target.Shape.Width > 1;
        return new Row(value.At(arena, batch, oneChannel ? 0 : block, oneRow ? 0 : y, 0), oneColumn ? 0 : ValueLayout.Lanes, oneChannel);
    }

    /// <summary>A row of an input.</summary>
    /// <param name="Address">First pixel.</param>
    /// <param name="Step">From a pixel to the next; 0 where one pixel serves all.</param>
    /// <param name="OneChannel">Whether the first lane serves all.</param>
    private readonly record struct Row(nint Address, nint Step, bool OneChannel)
    {
        internal Row(float* start, nint step, bool OneChannel)
            : this((nint)start, step, OneChannel)
        {
        }

        internal float* Start => (float*)Address;

        internal bool IsPlain => Step != 0 && !OneChannel;
    }
}
