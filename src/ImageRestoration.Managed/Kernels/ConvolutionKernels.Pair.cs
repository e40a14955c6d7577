using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <content>Tiles two vectors wide. C# has no arrays of registers, so each accumulator is a variable: a letter for the pixel, a digit for
/// the vector.</content>
internal static unsafe partial class ConvolutionKernels<TOperations, TVector, TStep>
{
    /// <summary>12 pixels × two vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile12x2(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1;
        TVector b0, b1;
        TVector c0, c1;
        TVector d0, d1;
        TVector e0, e1;
        TVector f0, f1;
        TVector g0, g1;
        TVector h0, h1;
        TVector i0, i1;
        TVector j0, j1;
        TVector k0, k1;
        TVector l0, l1;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            b0 = a0; b1 = a1;
            c0 = a0; c1 = a1;
            d0 = a0; d1 = a1;
            e0 = a0; e1 = a1;
            f0 = a0; f1 = a1;
            g0 = a0; g1 = a1;
            h0 = a0; h1 = a1;
            i0 = a0; i1 = a1;
            j0 = a0; j1 = a1;
            k0 = a0; k1 = a1;
            l0 = a0; l1 = a1;
        }
        else
        {
            a0 = TOperations.Load(output); a1 = TOperations.Load(output + offset1);
            b0 = TOperations.Load(output + outputPixel); b1 = TOperations.Load(output + outputPixel + offset1);
            c0 = TOperations.Load(output + (2 * outputPixel)); c1 = TOperations.Load(output + (2 * outputPixel) + offset1);
            d0 = TOperations.Load(output + (3 * outputPixel)); d1 = TOperations.Load(output + (3 * outputPixel) + offset1);
            e0 = TOperations.Load(output + (4 * outputPixel)); e1 = TOperations.Load(output + (4 * outputPixel) + offset1);
            f0 = TOperations.Load(output + (5 * outputPixel)); f1 = TOperations.Load(output + (5 * outputPixel) + offset1);
            g0 = TOperations.Load(output + (6 * outputPixel)); g1 = TOperations.Load(output + (6 * outputPixel) + offset1);
            h0 = TOperations.Load(output + (7 * outputPixel)); h1 = TOperations.Load(output + (7 * outputPixel) + offset1);
            i0 = TOperations.Load(output + (8 * outputPixel)); i1 = TOperations.Load(output + (8 * outputPixel) + offset1);
            j0 = TOperations.Load(output + (9 * outputPixel)); j1 = TOperations.Load(output + (9 * outputPixel) + offset1);
            k0 = TOperations.Load(output + (10 * outputPixel)); k1 = TOperations.Load(output + (10 * outputPixel) + offset1);
            l0 = TOperations.Load(output + (11 * outputPixel)); l1 = TOperations.Load(output + (11 * outputPixel) + offset1);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 2 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 2 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0); a1 = TOperations.MultiplyAdd(x, w1, a1);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0); b1 = TOperations.MultiplyAdd(x, w1, b1);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0); c1 = TOperations.MultiplyAdd(x, w1, c1);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0); d1 = TOperations.MultiplyAdd(x, w1, d1);
                        x = TOperations.Broadcast(*(input + (4 * pixel)));
                        e0 = TOperations.MultiplyAdd(x, w0, e0); e1 = TOperations.MultiplyAdd(x, w1, e1);
                        x = TOperations.Broadcast(*(input + (5 * pixel)));
                        f0 = TOperations.MultiplyAdd(x, w0, f0); f1 = TOperations.MultiplyAdd(x, w1, f1);
                        x = TOperations.Broadcast(*(input + (6 * pixel)));
                        g0 = TOperations.MultiplyAdd(x, w0, g0); g1 = TOperations.MultiplyAdd(x, w1, g1);
                        x = TOperations.Broadcast(*(input + (7 * pixel)));
                        h0 = TOperations.MultiplyAdd(x, w0, h0); h1 = TOperations.MultiplyAdd(x, w1, h1);
                        x = TOperations.Broadcast(*(input + (8 * pixel)));
                        i0 = TOperations.MultiplyAdd(x, w0, i0); i1 = TOperations.MultiplyAdd(x, w1, i1);
                        x = TOperations.Broadcast(*(input + (9 * pixel)));
                        j0 = TOperations.MultiplyAdd(x, w0, j0); j1 = TOperations.MultiplyAdd(x, w1, j1);
                        x = TOperations.Broadcast(*(input + (10 * pixel)));
                        k0 = TOperations.MultiplyAdd(x, w0, k0); k1 = TOperations.MultiplyAdd(x, w1, k1);
                        x = TOperations.Broadcast(*(input + (11 * pixel)));
                        l0 = TOperations.MultiplyAdd(x, w0, l0); l1 = TOperations.MultiplyAdd(x, w1, l1);
                    }
                }
            }
        }

        TOperations.Store(a0, output); TOperations.Store(a1, output + offset1);
        TOperations.Store(b0, output + outputPixel); TOperations.Store(b1, output + outputPixel + offset1);
        TOperations.Store(c0, output + (2 * outputPixel)); TOperations.Store(c1, output + (2 * outputPixel) + offset1);
        TOperations.Store(d0, output + (3 * outputPixel)); TOperations.Store(d1, output + (3 * outputPixel) + offset1);
        TOperations.Store(e0, output + (4 * outputPixel)); TOperations.Store(e1, output + (4 * outputPixel) + offset1);
        TOperations.Store(f0, output + (5 * outputPixel)); TOperations.Store(f1, output + (5 * outputPixel) + offset1);
        TOperations.Store(g0, output + (6 * outputPixel)); TOperations.Store(g1, output + (6 * outputPixel) + offset1);
        TOperations.Store(h0, output + (7 * outputPixel)); TOperations.Store(h1, output + (7 * outputPixel) + offset1);
        TOperations.Store(i0, output + (8 * outputPixel)); TOperations.Store(i1, output + (8 * outputPixel) + offset1);
        TOperations.Store(j0, output + (9 * outputPixel)); TOperations.Store(j1, output + (9 * outputPixel) + offset1);
        TOperations.Store(k0, output + (10 * outputPixel)); TOperations.Store(k1, output + (10 * outputPixel) + offset1);
        TOperations.Store(l0, output + (11 * outputPixel)); TOperations.Store(l1, output + (11 * outputPixel) + offset1);
    }

    /// <summary>6 pixels × two vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile6x2(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1;
        TVector b0, b1;
        TVector c0, c1;
        TVector d0, d1;
        TVector e0, e1;
        TVector f0, f1;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            b0 = a0; b1 = a1;
            c0 = a0; c1 = a1;
            d0 = a0; d1 = a1;
            e0 = a0; e1 = a1;
            f0 = a0; f1 = a1;
        }
        else
        {
            a0 = TOperations.Load(output); a1 = TOperations.Load(output + offset1);
            b0 = TOperations.Load(output + outputPixel); b1 = TOperations.Load(output + outputPixel + offset1);
            c0 = TOperations.Load(output + (2 * outputPixel)); c1 = TOperations.Load(output + (2 * outputPixel) + offset1);
            d0 = TOperations.Load(output + (3 * outputPixel)); d1 = TOperations.Load(output + (3 * outputPixel) + offset1);
            e0 = TOperations.Load(output + (4 * outputPixel)); e1 = TOperations.Load(output + (4 * outputPixel) + offset1);
            f0 = TOperations.Load(output + (5 * outputPixel)); f1 = TOperations.Load(output + (5 * outputPixel) + offset1);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 2 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 2 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0); a1 = TOperations.MultiplyAdd(x, w1, a1);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0); b1 = TOperations.MultiplyAdd(x, w1, b1);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0); c1 = TOperations.MultiplyAdd(x, w1, c1);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0); d1 = TOperations.MultiplyAdd(x, w1, d1);
                        x = TOperations.Broadcast(*(input + (4 * pixel)));
                        e0 = TOperations.MultiplyAdd(x, w0, e0); e1 = TOperations.MultiplyAdd(x, w1, e1);
                        x = TOperations.Broadcast(*(input + (5 * pixel)));
                        f0 = TOperations.MultiplyAdd(x, w0, f0); f1 = TOperations.MultiplyAdd(x, w1, f1);
                    }
                }
            }
        }

        TOperations.Store(a0, output); TOperations.Store(a1, output + offset1);
        TOperations.Store(b0, output + outputPixel); TOperations.Store(b1, output + outputPixel + offset1);
        TOperations.Store(c0, output + (2 * outputPixel)); TOperations.Store(c1, output + (2 * outputPixel) + offset1);
        TOperations.Store(d0, output + (3 * outputPixel)); TOperations.Store(d1, output + (3 * outputPixel) + offset1);
        TOperations.Store(e0, output + (4 * outputPixel)); TOperations.Store(e1, output + (4 * outputPixel) + offset1);
        TOperations.Store(f0, output + (5 * outputPixel)); TOperations.Store(f1, output + (5 * outputPixel) + offset1);
    }

    /// <summary>2 pixels × two vectors of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile2x2(ConvolutionTile* tile)
    {
        nint offset1 = tile->Offset1;
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0, a1;
        TVector b0, b1;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            a1 = TOperations.Load(bias + TOperations.Width);
            b0 = a0; b1 = a1;
        }
        else
        {
            a0 = TOperations.Load(output); a1 = TOperations.Load(output + offset1);
            b0 = TOperations.Load(output + outputPixel); b1 = TOperations.Load(output + outputPixel + offset1);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * 2 * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += 2 * TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector w1 = TOperations.Load(weight + TOperations.Width);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0); a1 = TOperations.MultiplyAdd(x, w1, a1);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0); b1 = TOperations.MultiplyAdd(x, w1, b1);
                    }
                }
            }
        }

        TOperations.Store(a0, output); TOperations.Store(a1, output + offset1);
        TOperations.Store(b0, output + outputPixel); TOperations.Store(b1, output + outputPixel + offset1);
    }
}
