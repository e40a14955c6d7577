using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Makes the steps of operations for one kind of vectors.</summary>
internal abstract class StepFactory
{
    internal abstract VectorKind Kind { get; }

    internal static StepFactory For(VectorKind kind, int threads) => kind switch
    {
        VectorKind.Vector512 => new StepFactory<Vector512Operations, System.Runtime.Intrinsics.Vector512<float>>(kind, threads),
        VectorKind.Vector256 => new StepFactory<Vector256Operations, System.Runtime.Intrinsics.Vector256<float>>(kind, threads),
        _ => new StepFactory<Vector128Operations, System.Runtime.Intrinsics.Vector128<float>>(kind, threads),
    };

    internal abstract IEnumerable<Step> Create(Operation operation, ValueLayout[] inputs, ValueLayout output);
}

/// <inheritdoc/>
internal sealed class StepFactory<TOperations, TVector>(VectorKind kind, int threads) : StepFactory
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    internal override VectorKind Kind => kind;

    internal override IEnumerable<Step> Create(Operation operation, ValueLayout[] inputs, ValueLayout output)
        => operation.Parts.IsEmpty ? [CreateOne(operation, inputs, output)] : operation.Parts.Select((part, i) =>
        {
            // All parts but the last are as large as the first.
            Conv2dLayer conv = (Conv2dLayer)part.Layer, whole = (Conv2dLayer)operation.Parts[0].Layer;
            int firstOutput = i * whole.OutChannels / ValueLayout.Lanes;
            var input = new ValueLayout(conv.InChannels, inputs[0], i * whole.InChannels / ValueLayout.Lanes);
            ValueLayout[] partInputs = [input, .. inputs[1..].Select(residual => new ValueLayout(conv.OutChannels, residual, firstOutput))];
            return CreateOne(part, partInputs, new ValueLayout(conv.OutChannels, output, firstOutput));
        });

    private Step CreateOne(Operation operation, ValueLayout[] inputs, ValueLayout output)
    {
        ValueLayout input = inputs[0];
        return operation.Layer switch
        {
            _ when operation.Stage == OperationStage.RowStatistics => new RowStatisticsStep<TOperations, TVector>(
                operation.Value, input, output),
            GroupNormLayer norm when operation.Stage == OperationStage.ChannelStatistics => new ChannelStatisticsStep(
                operation, norm, rows: input, inputs[1].Shape.Width, output),
            _ when operation.Convolution is not null => new ConvolutionStep<TOperations, TVector>(
                operation, input, Residual(operation, inputs), output, kind, threads),
            _ when operation.Winograd is not null => new WinogradStep<TOperations, TVector>(
                operation, input, Residual(operation, inputs), output, kind, threads),
            Conv2dLayer conv when operation.Narrow is not null => new NarrowConvolutionStep<TOperations, TVector>(
                operation, conv, input, Residual(operation, inputs), output),
            Conv2dLayer conv => new DepthwiseStep<TOperations, TVector>(operation, conv, input, Residual(operation, inputs), output),
            ActivationLayer activation => new ActivationStep<TOperations, TVector>(activation, input, output),
            PReLULayer => new PReLUStep<TOperations, TVector>(operation, input, output),
            BatchNorm2dLayer or Scale2dLayer or AffineLayer => new AffineStep<TOperations, TVector>(
                operation, input, statistics: null, Residual(operation, inputs), output),
            GroupNormLayer => new AffineStep<TOperations, TVector>(operation, input, inputs[1], Residual(operation, inputs), output),
            LayerNorm2dLayer norm => new LayerNormStep<TOperations, TVector>(
                operation, norm.Eps, input, Residual(operation, inputs), output),
            GlobalAvgPoolLayer => new MeanStep(operation.Value, input, output),
            Pad2dLayer pad => new PadStep(pad, input, output),
            SliceLayer slice => new SliceStep(slice, input, output),
            AddLayer => new CombineStep<TOperations, TVector>(operation.Value, Combination.Sum, eps: 0, inputs, output),
            MulLayer => new CombineStep<TOperations, TVector>(operation.Value, Combination.Product, eps: 0, inputs, output),
            DivLayer div => new CombineStep<TOperations, TVector>(operation.Value, Combination.Quotient, div.Eps, inputs, output),
            ConcatLayer => new ConcatStep(operation.Value, inputs, output),
            Pool2dLayer pool => new PoolStep<TOperations, TVector>(pool, input, output),
            UpsampleLayer { Mode: UpsampleMode.Nearest } upsample => new NearestStep(operation.Value, upsample.ScaleFactor, input, output),
            UpsampleLayer upsample => new BilinearStep<TOperations, TVector>(operation.Value, upsample.ScaleFactor, input, output),
            PixelShuffleLayer shuffle => new PixelShuffleStep(operation.Value, shuffle.UpscaleFactor, input, output),
            PixelUnshuffleLayer unshuffle => new PixelUnshuffleStep(operation.Value, unshuffle.DownscaleFactor, input, output),
            _ => throw new UnsupportedLayerException(GraphFusion.Backend, operation.Layer.Name, operation.Layer.Kind),
        };
    }

    private static ValueLayout? Residual(Operation operation, ValueLayout[] inputs)
        => operation.Epilogue.Residual is null ? null : inputs[^1];
}
