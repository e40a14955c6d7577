using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using NetVips;

namespace ImageRestoration.NetVips;

/// <summary>Reads an image of libvips row by row.</summary>
internal sealed class VipsRowSource(VipsPicture picture, PhotoMetadata metadata) : IRowSource
{
    private int _row;

    /// <inheritdoc/>
    public RowFormat Format { get; } = new((int)picture.Facts.Width, (int)picture.Facts.Height, picture.Channels, picture.Bits)
    {
        Metadata = metadata.ToRowMetadata(),
    };

    /// <inheritdoc/>
    public void Read(ImageTensor destination, int row, int count)
    {
        ArgumentNullException.ThrowIfNull(destination);
        RowBand.ThrowIfUnfit(destination, row, count, Format, Format.Height - _row);
        try
        {
            picture.Read(_row, count, (channel, y) => destination.Row(0, channel, row + y));
        }
        catch (VipsException exception)
        {
            throw VipsErrors.Damaged(exception);
        }

        _row += count;
    }

    /// <inheritdoc/>
    public void Dispose() => picture.Dispose();
}
