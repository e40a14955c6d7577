using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <content>Tiles one vector wide. C# has no arrays of registers, so each accumulator is a variable: a letter for the pixel, a digit for
/// the vector.</content>
internal static unsafe partial class ConvolutionKernels<TOperations, TVector, TStep>
{
    /// <summary>12 pixels × one vector of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile12x1(ConvolutionTile* tile)
    {
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0;
        TVector b0;
        TVector c0;
        TVector d0;
        TVector e0;
        TVector f0;
        TVector g0;
        TVector h0;
        TVector i0;
        TVector j0;
        TVector k0;
        TVector l0;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            b0 = a0;
            c0 = a0;
            d0 = a0;
            e0 = a0;
            f0 = a0;
            g0 = a0;
            h0 = a0;
            i0 = a0;
            j0 = a0;
            k0 = a0;
            l0 = a0;
        }
        else
        {
            a0 = TOperations.Load(output);
            b0 = TOperations.Load(output + outputPixel);
            c0 = TOperations.Load(output + (2 * outputPixel));
            d0 = TOperations.Load(output + (3 * outputPixel));
            e0 = TOperations.Load(output + (4 * outputPixel));
            f0 = TOperations.Load(output + (5 * outputPixel));
            g0 = TOperations.Load(output + (6 * outputPixel));
            h0 = TOperations.Load(output + (7 * outputPixel));
            i0 = TOperations.Load(output + (8 * outputPixel));
            j0 = TOperations.Load(output + (9 * outputPixel));
            k0 = TOperations.Load(output + (10 * outputPixel));
            l0 = TOperations.Load(output + (11 * outputPixel));
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0);
                        x = TOperations.Broadcast(*(input + (4 * pixel)));
                        e0 = TOperations.MultiplyAdd(x, w0, e0);
                        x = TOperations.Broadcast(*(input + (5 * pixel)));
                        f0 = TOperations.MultiplyAdd(x, w0, f0);
                        x = TOperations.Broadcast(*(input + (6 * pixel)));
                        g0 = TOperations.MultiplyAdd(x, w0, g0);
                        x = TOperations.Broadcast(*(input + (7 * pixel)));
                        h0 = TOperations.MultiplyAdd(x, w0, h0);
                        x = TOperations.Broadcast(*(input + (8 * pixel)));
                        i0 = TOperations.MultiplyAdd(x, w0, i0);
                        x = TOperations.Broadcast(*(input + (9 * pixel)));
                        j0 = TOperations.MultiplyAdd(x, w0, j0);
                        x = TOperations.Broadcast(*(input + (10 * pixel)));
                        k0 = TOperations.MultiplyAdd(x, w0, k0);
                        x = TOperations.Broadcast(*(input + (11 * pixel)));
                        l0 = TOperations.MultiplyAdd(x, w0, l0);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(b0, output + outputPixel);
        TOperations.Store(c0, output + (2 * outputPixel));
        TOperations.Store(d0, output + (3 * outputPixel));
        TOperations.Store(e0, output + (4 * outputPixel));
        TOperations.Store(f0, output + (5 * outputPixel));
        TOperations.Store(g0, output + (6 * outputPixel));
        TOperations.Store(h0, output + (7 * outputPixel));
        TOperations.Store(i0, output + (8 * outputPixel));
        TOperations.Store(j0, output + (9 * outputPixel));
        TOperations.Store(k0, output + (10 * outputPixel));
        TOperations.Store(l0, output + (11 * outputPixel));
    }

    /// <summary>6 pixels × one vector of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile6x1(ConvolutionTile* tile)
    {
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0;
        TVector b0;
        TVector c0;
        TVector d0;
        TVector e0;
        TVector f0;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            b0 = a0;
            c0 = a0;
            d0 = a0;
            e0 = a0;
            f0 = a0;
        }
        else
        {
            a0 = TOperations.Load(output);
            b0 = TOperations.Load(output + outputPixel);
            c0 = TOperations.Load(output + (2 * outputPixel));
            d0 = TOperations.Load(output + (3 * outputPixel));
            e0 = TOperations.Load(output + (4 * outputPixel));
            f0 = TOperations.Load(output + (5 * outputPixel));
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                        x = TOperations.Broadcast(*(input + (2 * pixel)));
                        c0 = TOperations.MultiplyAdd(x, w0, c0);
                        x = TOperations.Broadcast(*(input + (3 * pixel)));
                        d0 = TOperations.MultiplyAdd(x, w0, d0);
                        x = TOperations.Broadcast(*(input + (4 * pixel)));
                        e0 = TOperations.MultiplyAdd(x, w0, e0);
                        x = TOperations.Broadcast(*(input + (5 * pixel)));
                        f0 = TOperations.MultiplyAdd(x, w0, f0);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(b0, output + outputPixel);
        TOperations.Store(c0, output + (2 * outputPixel));
        TOperations.Store(d0, output + (3 * outputPixel));
        TOperations.Store(e0, output + (4 * outputPixel));
        TOperations.Store(f0, output + (5 * outputPixel));
    }

    /// <summary>2 pixels × one vector of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tile2x1(ConvolutionTile* tile)
    {
        nint outputPixel = tile->OutputPixel;
        float* output = tile->Output;
        TVector a0;
        TVector b0;
        if (tile->Bias is not null)
        {
            float* bias = tile->Bias;
            a0 = TOperations.Load(bias);
            b0 = a0;
        }
        else
        {
            a0 = TOperations.Load(output);
            b0 = TOperations.Load(output + outputPixel);
        }

        nint pixel = TStep.Pixel(tile->InputPixel), tapX = tile->TapX, tapY = tile->TapY;
        int kernelHeight = tile->KernelHeight, kernelWidth = tile->KernelWidth;
        float* weight = tile->Weights;
        float* plane = tile->Input;
        for (int block = tile->InputBlocks; block > 0; block--, plane += tile->InputBlock)
        {
            nint weights = (nint)(block == 1 ? tile->LastBlockChannels : ValueLayout.Lanes) * TOperations.Width;
            float* row = plane;
            for (int ky = 0; ky < kernelHeight; ky++, row += tapY)
            {
                float* tap = row;
                for (int kx = 0; kx < kernelWidth; kx++, tap += tapX)
                {
                    float* end = weight + weights;
                    for (float* input = tap; weight < end; input++, weight += TOperations.Width)
                    {
                        TVector w0 = TOperations.Load(weight);
                        TVector x = TOperations.Broadcast(*input);
                        a0 = TOperations.MultiplyAdd(x, w0, a0);
                        x = TOperations.Broadcast(*(input + pixel));
                        b0 = TOperations.MultiplyAdd(x, w0, b0);
                    }
                }
            }
        }

        TOperations.Store(a0, output);
        TOperations.Store(b0, output + outputPixel);
    }
}
