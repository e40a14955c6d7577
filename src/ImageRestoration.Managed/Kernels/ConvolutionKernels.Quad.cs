using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <content>Tiles four vectors wide. C# has no arrays of registers, so each accumulator is a variable: a letter for the pixel, a digit for
/// the vector.</content>
internal static unsafe partial class ConvolutionKernels<TOperations, TVector, TStep>
{
    /// <summary>6 pixels × four vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile6x4(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1, offset2 = tile->Offset2, offset3 = tile->Offset3;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1, a2, a3;
        TVector b0, b1, b2, b3;
        TVector c0, c1, c2, c3;
        TVector d0, d1, d2, d3;
        TVector e0, e1, e2, e3;
        TVector f0, f1, f2, f3;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            a2 = TOperations.Load(bias + (2 * TOperations.Width));
            a3 = TOperations.Load(bias + (3 * TOperations.Width));
            b0 = a0; b1 = a1; b2 = a2; b3 = a3;
            c0 = a0; c1 = a1; c2 = a2; c3 = a3;
            d0 = a0; d1 = a1; d2 = a2; d3 = a3;
            e0 = a0; e1 = a1; e2 = a2; e3 = a3;
            f0 = a0; f1 = a1; f2 = a2; f3 = a3;
        }
        else
        {
            a0 = TOperations.Load(output);
            a1 = TOperations.Load(output + offset1);
            a2 = TOperations.Load(output + offset2);
            a3 = TOperations.Load(output + offset3);
            b0 = TOperations.Load(output + outputPixel);
            b1 = TOperations.Load(output + outputPixel + offset1);
            b2 = TOperations.Load(output + outputPixel + offset2);
            b3 = TOperations.Load(output + outputPixel + offset3);
            c0 = TOperations.Load(output + (2 * outputPixel));
            c1 = TOperations.Load(output + (2 * outputPixel) + offset1);
            c2 = TOperations.Load(output + (2 * outputPixel) + offset2);
            c3 = TOperations.Load(output + (2 * outputPixel) + offset3);
            d0 = TOperations.Load(output + (3 * outputPixel));
            d1 = TOperations.Load(output + (3 * outputPixel) + offset1);
            d2 = TOperations.Load(output + (3 * outputPixel) + offset2);
            d3 = TOperations.Load(output + (3 * outputPixel) + offset3);
            e0 = TOperations.Load(output + (4 * outputPixel));
            e1 = TOperations.Load(output + (4 * outputPixel) + offset1);
            e2 = TOperations.Load(output + (4 * outputPixel) + offset2);
            e3 = TOperations.Load(output + (4 * outputPixel) + offset3);
            f0 = TOperations.Load(output + (5 * outputPixel));
            f1 = TOperations.Load(output + (5 * outputPixel) + offset1);
            f2 = TOperations.Load(output + (5 * outputPixel) + offset2);
            f3 = TOperations.Load(output + (5 * outputPixel) + offset3);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 4 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 4 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector w2 = TOperations.Load(weight + (2 * TOperations.Width));
                        TVector w3 = TOperations.Load(weight + (3 * TOperations.Width));
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        a1 = TOperations.MultiplyAdd(x, w1, a1);
                        a2 = TOperations.MultiplyAdd(x, w2, a2);
                        a3 = TOperations.MultiplyAdd(x, w3, a3);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                        b1 = TOperations.MultiplyAdd(x, w1, b1);
                        b2 = TOperations.MultiplyAdd(x, w2, b2);
                        b3 = TOperations.MultiplyAdd(x, w3, b3);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0);
                        c1 = TOperations.MultiplyAdd(x, w1, c1);
                        c2 = TOperations.MultiplyAdd(x, w2, c2);
                        c3 = TOperations.MultiplyAdd(x, w3, c3);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0);
                        d1 = TOperations.MultiplyAdd(x, w1, d1);
                        d2 = TOperations.MultiplyAdd(x, w2, d2);
                        d3 = TOperations.MultiplyAdd(x, w3, d3);
                        x = TOperations.Broadcast(*(input + (4 * pixel)));
                        e0 = TOperations.MultiplyAdd(x, w0, e0);
                        e1 = TOperations.MultiplyAdd(x, w1, e1);
                        e2 = TOperations.MultiplyAdd(x, w2, e2);
                        e3 = TOperations.MultiplyAdd(x, w3, e3);
                        x = TOperations.Broadcast(*(input + (5 * pixel)));
                        f0 = TOperations.MultiplyAdd(x, w0, f0);
                        f1 = TOperations.MultiplyAdd(x, w1, f1);
                        f2 = TOperations.MultiplyAdd(x, w2, f2);
                        f3 = TOperations.MultiplyAdd(x, w3, f3);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(a1, output + offset1);
        TOperations.Store(a2, output + offset2);
        TOperations.Store(a3, output + offset3);
        TOperations.Store(b0, output + outputPixel);
        TOperations.Store(b1, output + outputPixel + offset1);
        TOperations.Store(b2, output + outputPixel + offset2);
        TOperations.Store(b3, output + outputPixel + offset3);
        TOperations.Store(c0, output + (2 * outputPixel));
        TOperations.Store(c1, output + (2 * outputPixel) + offset1);
        TOperations.Store(c2, output + (2 * outputPixel) + offset2);
        TOperations.Store(c3, output + (2 * outputPixel) + offset3);
        TOperations.Store(d0, output + (3 * outputPixel));
        TOperations.Store(d1, output + (3 * outputPixel) + offset1);
        TOperations.Store(d2, output + (3 * outputPixel) + offset2);
        TOperations.Store(d3, output + (3 * outputPixel) + offset3);
        TOperations.Store(e0, output + (4 * outputPixel));
        TOperations.Store(e1, output + (4 * outputPixel) + offset1);
        TOperations.Store(e2, output + (4 * outputPixel) + offset2);
        TOperations.Store(e3, output + (4 * outputPixel) + offset3);
        TOperations.Store(f0, output + (5 * outputPixel));
        TOperations.Store(f1, output + (5 * outputPixel) + offset1);
        TOperations.Store(f2, output + (5 * outputPixel) + offset2);
        TOperations.Store(f3, output + (5 * outputPixel) + offset3);
    }

    /// <summary>4 pixels × four vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile4x4(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1, offset2 = tile->Offset2, offset3 = tile->Offset3;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1, a2, a3;
        TVector b0, b1, b2, b3;
        TVector c0, c1, c2, c3;
        TVector d0, d1, d2, d3;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            a2 = TOperations.Load(bias + (2 * TOperations.Width));
            a3 = TOperations.Load(bias + (3 * TOperations.Width));
            b0 = a0; b1 = a1; b2 = a2; b3 = a3;
            c0 = a0; c1 = a1; c2 = a2; c3 = a3;
            d0 = a0; d1 = a1; d2 = a2; d3 = a3;
        }
        else
        {
            a0 = TOperations.Load(output);
            a1 = TOperations.Load(output + offset1);
            a2 = TOperations.Load(output + offset2);
            a3 = TOperations.Load(output + offset3);
            b0 = TOperations.Load(output + outputPixel);
            b1 = TOperations.Load(output + outputPixel + offset1);
            b2 = TOperations.Load(output + outputPixel + offset2);
            b3 = TOperations.Load(output + outputPixel + offset3);
            c0 = TOperations.Load(output + (2 * outputPixel));
            c1 = TOperations.Load(output + (2 * outputPixel) + offset1);
            c2 = TOperations.Load(output + (2 * outputPixel) + offset2);
            c3 = TOperations.Load(output + (2 * outputPixel) + offset3);
            d0 = TOperations.Load(output + (3 * outputPixel));
            d1 = TOperations.Load(output + (3 * outputPixel) + offset1);
            d2 = TOperations.Load(output + (3 * outputPixel) + offset2);
            d3 = TOperations.Load(output + (3 * outputPixel) + offset3);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 4 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 4 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector w2 = TOperations.Load(weight + (2 * TOperations.Width));
                        TVector w3 = TOperations.Load(weight + (3 * TOperations.Width));
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        a1 = TOperations.MultiplyAdd(x, w1, a1);
                        a2 = TOperations.MultiplyAdd(x, w2, a2);
                        a3 = TOperations.MultiplyAdd(x, w3, a3);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                        b1 = TOperations.MultiplyAdd(x, w1, b1);
                        b2 = TOperations.MultiplyAdd(x, w2, b2);
                        b3 = TOperations.MultiplyAdd(x, w3, b3);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0);
                        c1 = TOperations.MultiplyAdd(x, w1, c1);
                        c2 = TOperations.MultiplyAdd(x, w2, c2);
                        c3 = TOperations.MultiplyAdd(x, w3, c3);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0);
                        d1 = TOperations.MultiplyAdd(x, w1, d1);
                        d2 = TOperations.MultiplyAdd(x, w2, d2);
                        d3 = TOperations.MultiplyAdd(x, w3, d3);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(a1, output + offset1);
        TOperations.Store(a2, output + offset2);
        TOperations.Store(a3, output + offset3);
        TOperations.Store(b0, output + outputPixel);
        TOperations.Store(b1, output + outputPixel + offset1);
        TOperations.Store(b2, output + outputPixel + offset2);
        TOperations.Store(b3, output + outputPixel + offset3);
        TOperations.Store(c0, output + (2 * outputPixel));
        TOperations.Store(c1, output + (2 * outputPixel) + offset1);
        TOperations.Store(c2, output + (2 * outputPixel) + offset2);
        TOperations.Store(c3, output + (2 * outputPixel) + offset3);
        TOperations.Store(d0, output + (3 * outputPixel));
        TOperations.Store(d1, output + (3 * outputPixel) + offset1);
        TOperations.Store(d2, output + (3 * outputPixel) + offset2);
        TOperations.Store(d3, output + (3 * outputPixel) + offset3);
    }

    /// <summary>2 pixels × four vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile2x4(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1, offset2 = tile->Offset2, offset3 = tile->Offset3;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1, a2, a3;
        TVector b0, b1, b2, b3;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            a2 = TOperations.Load(bias + (2 * TOperations.Width));
            a3 = TOperations.Load(bias + (3 * TOperations.Width));
            b0 = a0; b1 = a1; b2 = a2; b3 = a3;
        }
        else
        {
            a0 = TOperations.Load(output);
            a1 = TOperations.Load(output + offset1);
            a2 = TOperations.Load(output + offset2);
            a3 = TOperations.Load(output + offset3);
            b0 = TOperations.Load(output + outputPixel);
            b1 = TOperations.Load(output + outputPixel + offset1);
            b2 = TOperations.Load(output + outputPixel + offset2);
            b3 = TOperations.Load(output + outputPixel + offset3);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 4 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 4 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector w2 = TOperations.Load(weight + (2 * TOperations.Width));
                        TVector w3 = TOperations.Load(weight + (3 * TOperations.Width));
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        a1 = TOperations.MultiplyAdd(x, w1, a1);
                        a2 = TOperations.MultiplyAdd(x, w2, a2);
                        a3 = TOperations.MultiplyAdd(x, w3, a3);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                        b1 = TOperations.MultiplyAdd(x, w1, b1);
                        b2 = TOperations.MultiplyAdd(x, w2, b2);
                        b3 = TOperations.MultiplyAdd(x, w3, b3);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(a1, output + offset1);
        TOperations.Store(a2, output + offset2);
        TOperations.Store(a3, output + offset3);
        TOperations.Store(b0, output + outputPixel);
        TOperations.Store(b1, output + outputPixel + offset1);
        TOperations.Store(b2, output + outputPixel + offset2);
        TOperations.Store(b3, output + outputPixel + offset3);
    }
}
