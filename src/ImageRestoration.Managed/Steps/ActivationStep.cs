using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>An elementwise function; the output may lie where the input does.</summary>
internal sealed unsafe class ActivationStep<TOperations, TVector>(ActivationLayer layer, ValueLayout input, ValueLayout output)
    : RowStep(layer.Name, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* source = input.At(context.Arena, batch, block, y, 0), destination = Target.At(context.Arena, batch, block, y, 0);
        nint count = (nint)Target.Shape.Width * ValueLayout.Lanes;
        switch (layer.Function)
        {
            case ActivationFunction.ReLU:
                ActivationKernels<TOperations, TVector>.ReLU(source, destination, count);
                break;
            case ActivationFunction.LeakyReLU:
                ActivationKernels<TOperations, TVector>.LeakyReLU(source, destination, count, layer.NegativeSlope);
                break;
            case ActivationFunction.GELU:
                ActivationKernels<TOperations, TVector>.GELU(source, destination, count);
                break;
            case ActivationFunction.SiLU:
                ActivationKernels<TOperations, TVector>.SiLU(source, destination, count);
                break;
            case ActivationFunction.Sigmoid:
                ActivationKernels<TOperations, TVector>.Sigmoid(source, destination, count);
                break;
            case ActivationFunction.Tanh:
                ActivationKernels<TOperations, TVector>.Tanh(source, destination, count);
                break;
            case ActivationFunction.Softplus:
                ActivationKernels<TOperations, TVector>.Softplus(source, destination, count);
                break;
            default:
                throw new UnsupportedLayerException(GraphFusion.Backend, layer.Name, layer.Kind);
        }
    }
}
