namespace ImageRestoration.Managed;

/// <summary>
/// Direct convolution of one tile, register-blocked: all sums of the tile stay in registers while the taps go by; each input value is
/// broadcast and multiplied with vectors of output channels. Padding is part of the buffers, so there are no branches for borders.
/// </summary>
/// <typeparam name="TOperations">Vector operations.</typeparam>
/// <typeparam name="TVector">Vector type.</typeparam>
/// <typeparam name="TStep">Stride.</typeparam>
internal static unsafe partial class ConvolutionKernels<TOperations, TVector, TStep>
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
    where TStep : struct, IPixelStep
{
    /// <summary>Computes a tile of a shape that <see cref="ConvolutionTileShapes"/> chose.</summary>
    internal static void Run(ConvolutionTile* tile, int vectors, int pixels)
    {
        switch ((vectors, pixels))
        {
            case (4, 6):
                Tile6x4(tile);
                break;
            case (4, 4):
                Tile4x4(tile);
                break;
            case (4, 2):
                Tile2x4(tile);
                break;
            case (2, 12):
                Tile12x2(tile);
                break;
            case (2, 6):
                Tile6x2(tile);
                break;
            case (2, 2):
                Tile2x2(tile);
                break;
            case (1, 12):
                Tile12x1(tile);
                break;
            case (1, 6):
                Tile6x1(tile);
                break;
            case (1, 2):
                Tile2x1(tile);
                break;
            default:
                throw new InvalidOperationException(Invariant($"There is no kernel for {pixels} pixels × {vectors} vectors."));
        }
    }
}
