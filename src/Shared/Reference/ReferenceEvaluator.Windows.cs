namespace ImageRestoration.Networks;

/// <content>Layers that look at a window around each position.</content>
internal static partial class ReferenceEvaluator
{
    private static void Conv2d(
        Conv2dLayer layer,
        ReferenceValue source,
        ReadOnlyMemory<float> weight,
        ReadOnlyMemory<float>? bias,
        ReferenceValue output,
        CancellationToken cancellationToken)
    {
        int groupInputs = layer.InChannels / layer.Groups, groupOutputs = layer.OutChannels / layer.Groups;
        int kernelHeight = layer.KernelSize.Height, kernelWidth = layer.KernelSize.Width;
        int sourceHeight = source.Shape.Height, sourceWidth = source.Shape.Width;
        ForEachPlane(output, cancellationToken, (n, o) =>
        {
            ReadOnlySpan<float> taps = weight.Span;
            output.Plane(n, o).Fill(bias is { } b ? b.Span[o] : 0);
            for (int i = 0; i < groupInputs; i++)
            {
                int channel = (o / groupOutputs * groupInputs) + i;
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    for (int kx = 0; kx < kernelWidth; kx++)
                    {
                        double tap = taps[(((((o * groupInputs) + i) * kernelHeight) + ky) * kernelWidth) + kx];
                        for (int y = 0; y < output.Shape.Height; y++)
                        {
                            int sourceY = (y * layer.Stride.Height) - layer.Padding.Height + (ky * layer.Dilation.Height);
                            if (sourceY < 0 || sourceY >= sourceHeight)
                            {
                                continue;
                            }

                            ReadOnlySpan<double> sourceRow = source.Row(n, channel, sourceY);
                            Span<double> outputRow = output.Row(n, o, y);
                            for (int x = 0; x < outputRow.Length; x++)
                            {
                                int sourceX = (x * layer.Stride.Width) - layer.Padding.Width + (kx * layer.Dilation.Width);
                                if (sourceX >= 0 && sourceX < sourceWidth)
                                {
                                    outputRow[x] += tap * sourceRow[sourceX];
                                }
                            }
                        }
                    }
                }
            }
        });
    }

    /// <summary>Position i of the input and tap k of the kernel add to position i × stride − padding + k of the output.</summary>
    private static void ConvTranspose2d(
        ConvTranspose2dLayer layer,
        ReferenceValue source,
        ReadOnlyMemory<float> weight,
        ReadOnlyMemory<float>? bias,
        ReferenceValue output,
        CancellationToken cancellationToken)
    {
        int kernelHeight = layer.KernelSize.Height, kernelWidth = layer.KernelSize.Width;
        ForEachPlane(output, cancellationToken, (n, o) =>
        {
            ReadOnlySpan<float> taps = weight.Span;
            output.Plane(n, o).Fill(bias is { } b ? b.Span[o] : 0);
            for (int i = 0; i < layer.InChannels; i++)
            {
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    for (int kx = 0; kx < kernelWidth; kx++)
                    {
                        double tap = taps[(((((i * layer.OutChannels) + o) * kernelHeight) + ky) * kernelWidth) + kx];
                        for (int y = 0; y < source.Shape.Height; y++)
                        {
                            int outputY = (y * layer.Stride.Height) - layer.Padding.Height + ky;
                            if (outputY < 0 || outputY >= output.Shape.Height)
                            {
                                continue;
                            }

                            ReadOnlySpan<double> sourceRow = source.Row(n, i, y);
                            Span<double> outputRow = output.Row(n, o, outputY);
                            for (int x = 0; x < sourceRow.Length; x++)
                            {
                                int outputX = (x * layer.Stride.Width) - layer.Padding.Width + kx;
                                if (outputX >= 0 && outputX < outputRow.Length)
                                {
                                    outputRow[outputX] += tap * sourceRow[x];
                                }
                            }
                        }
                    }
                }
            }
        });
    }

    /// <summary>Padding counts as negative infinity: it is never the largest value.</summary>
    private static void MaxPool2d(Pool2dLayer layer, ReferenceValue source, ReferenceValue output, CancellationToken cancellationToken)
        => Pool2d(layer, source, output, double.NegativeInfinity, Math.Max, largest => largest, cancellationToken);

    /// <summary>Padding counts as zeros, and the divisor is always the window's size (<c>count_include_pad=True</c>).</summary>
    private static void AvgPool2d(Pool2dLayer layer, ReferenceValue source, ReferenceValue output, CancellationToken cancellationToken)
    {
        double count = (double)layer.KernelSize.Height * layer.KernelSize.Width;
        Pool2d(layer, source, output, 0, (sum, value) => sum + value, sum => sum / count, cancellationToken);
    }

    private static void Pool2d(
        Pool2dLayer layer,
        ReferenceValue source,
        ReferenceValue output,
        double start,
        Func<double, double, double> accumulate,
        Func<double, double> finish,
        CancellationToken cancellationToken)
        => ForEachPlane(output, cancellationToken, (n, c) =>
        {
            ReadOnlySpan<double> plane = source.Plane(n, c);
            for (int y = 0; y < output.Shape.Height; y++)
            {
                Span<double> outputRow = output.Row(n, c, y);
                for (int x = 0; x < outputRow.Length; x++)
                {
                    double result = start;
                    for (int ky = 0; ky < layer.KernelSize.Height; ky++)
                    {
                        for (int kx = 0; kx < layer.KernelSize.Width; kx++)
                        {
                            int sourceY = (y * layer.Stride.Height) - layer.Padding.Height + ky;
                            int sourceX = (x * layer.Stride.Width) - layer.Padding.Width + kx;
                            if (sourceY >= 0 && sourceY < source.Shape.Height && sourceX >= 0 && sourceX < source.Shape.Width)
                            {
                                result = accumulate(result, plane[(sourceY * source.Shape.Width) + sourceX]);
                            }
                        }
                    }

                    outputRow[x] = finish(result);
                }
            }
        });
}
