namespace ImageRestoration.Managed;

/// <summary>Elementwise sum or product, from the first input to the last; the output may lie where the first input does.</summary>
internal sealed unsafe class CombineStep<TOperations, TVector>(string name, bool multiply, ValueLayout[] inputs, ValueLayout output) : RowStep(name, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        nint count = (nint)Target.Shape.Width * ValueLayout.Lanes;
        float* first = inputs[0].At(context.Arena, batch, block, y, 0);

        // Two at a time; with more than two inputs the output lies nowhere that is read later, which the plan sees to.
        for (int input = 1; input < inputs.Length; input++)
        {
            float* second = inputs[input].At(context.Arena, batch, block, y, 0);
            for (nint i = 0; i < count; i += TOperations.Width)
            {
                TVector a = TOperations.Load(first + i), b = TOperations.Load(second + i);
                TOperations.Store(multiply ? TOperations.Multiply(a, b) : TOperations.Add(a, b), destination + i);
            }

            first = destination;
        }
    }
}
