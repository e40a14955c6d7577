using ImageRestoration.Imaging;

namespace ImageRestoration.Managed;

/// <summary>
/// How a value lies in the arena: channels in blocks of <see cref="Lanes"/>; in a block, pixels row by row, each with the block's
/// channels side by side (NCHWc). Around the pixels lies a border of zeros as wide as the convolutions that read the value pad.
/// Lanes beyond the last channel hold nothing of use and are never read as data.
/// </summary>
internal sealed class ValueLayout
{
    /// <summary>Channels in a block: one Vector512, two Vector256 or four Vector128.</summary>
    internal const int Lanes = 16;
    private readonly nint _first;

    internal ValueLayout(ImageShape shape, Halo halo, ArenaBlock storage)
    {
        Shape = shape;
        Halo = halo;
        Storage = storage;
        Blocks = BlocksOf(shape.Channels);
        RowStride = checked((nint)Lanes * (halo.Left + shape.Width + halo.Right));
        BlockStride = checked(RowStride * (halo.Top + shape.Height + halo.Bottom));
        BatchStride = checked(BlockStride * Blocks);
    }

    /// <summary>Lays a value out as some blocks of another one.</summary>
    /// <param name="channels">Channels of the value.</param>
    /// <param name="parent">The value that it is part of; same size and border.</param>
    /// <param name="firstBlock">Its first block there.</param>
    internal ValueLayout(int channels, ValueLayout parent, int firstBlock)
        : this(parent.Shape with { Channels = channels }, parent.Halo, parent.Storage)
    {
        BatchStride = parent.BatchStride;
        _first = parent._first + (firstBlock * BlockStride);
    }

    internal ImageShape Shape { get; }

    internal Halo Halo { get; }

    internal ArenaBlock Storage { get; }

    internal int Blocks { get; }

    internal nint RowStride { get; }

    internal nint BlockStride { get; }

    internal nint BatchStride { get; }

    internal static int BlocksOf(int channels) => (channels + Lanes - 1) / Lanes;

    /// <summary>Floats that a value of this shape and border takes.</summary>
    internal static long SizeOf(ImageShape shape, Halo halo)
        => checked(
            (long)shape.Batch * BlocksOf(shape.Channels) * (
                halo.Top + shape.Height + halo.Bottom) * (halo.Left + shape.Width + halo.Right) * Lanes);

    /// <summary>Address of a pixel's first lane; rows and columns of the border have numbers below 0 or from the extent on.</summary>
    internal unsafe float* At(float* arena, int batch, int block, int y, int x)
        => arena
            + (nint)Storage.Offset
            + _first
            + (batch * BatchStride)
            + (block * BlockStride)
            + ((Halo.Top + y) * RowStride)
            + ((nint)(Halo.Left + x) * Lanes);

    /// <summary>Valid channels in a block.</summary>
    internal int ChannelsIn(int block) => Math.Min(Lanes, Shape.Channels - (block * Lanes));

    /// <summary>Writes zeros around the pixels of one block.</summary>
    internal unsafe void ClearHalo(float* arena, int batch, int block)
    {
        float* first = At(arena, batch, block, -Halo.Top, -Halo.Left);
        new Span<float>(first, checked((int)(Halo.Top * RowStride))).Clear();
        float* below = At(arena, batch, block, Shape.Height, -Halo.Left);
        new Span<float>(below, checked((int)(Halo.Bottom * RowStride))).Clear();
        int left = Halo.Left * Lanes, right = Halo.Right * Lanes;
        if (left + right == 0)
        {
            return;
        }

        for (int y = 0; y < Shape.Height; y++)
        {
            new Span<float>(At(arena, batch, block, y, -Halo.Left), left).Clear();
            new Span<float>(At(arena, batch, block, y, Shape.Width), right).Clear();
        }
    }
}
