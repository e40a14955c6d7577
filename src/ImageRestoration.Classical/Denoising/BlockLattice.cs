using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// The whole 8×8 blocks of a picture, counted from its upper left corner, or as many of them on a coarser grid as are enough.
/// </summary>
internal readonly struct BlockLattice
{
    private const int MostBlocks = 1 << 14;

    private readonly int _columns;
    private readonly int _stride;

    internal BlockLattice(ImageTensor image)
    {
        (int rows, int columns) = (image.Height / BlockTransform.Side, image.Width / BlockTransform.Side);
        _stride = 1;
        while ((long)Sampled(rows) * Sampled(columns) > MostBlocks)
        {
            _stride++;
        }

        _columns = Sampled(columns);
        Count = Sampled(rows) * _columns;
    }

    /// <summary>Number of the blocks; 0 where the picture is smaller than one.</summary>
    internal int Count { get; }

    /// <summary>Finds the upper left pixel of a block.</summary>
    internal (int Y, int X) this[int block]
    {
        get
        {
            (int row, int column) = Math.DivRem(block, _columns);
            return (row * _stride * BlockTransform.Side, column * _stride * BlockTransform.Side);
        }
    }

    private int Sampled(int blocks) => (blocks + _stride - 1) / _stride;
}
