using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing.Processors;

internal sealed class CropProcessor : CloningImageProcessor
{
    private readonly Rectangle _rectangle;

    public CropProcessor(Rectangle cropRectangle, Size sourceSize)
    {
        if (!new Rectangle(Point.Empty, sourceSize).Contains(cropRectangle))
        {
            throw new ArgumentException(
                "Crop rectangle should be smaller than the source bounds.",
                nameof(cropRectangle));
        }

        this._rectangle = cropRectangle;
    }

    public override ICloningImageProcessor<TPixel> CreatePixelSpecificCloningProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        => new Crop<TPixel>(configuration, source, sourceRectangle, this._rectangle);

    private sealed class Crop<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle,
        Rectangle crop)
        : TransformProcessor<TPixel>(configuration, source, sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        protected override Size GetDestinationSize() => crop.Size;

        protected override void OnFrameApply(ImageFrame<TPixel> source, ImageFrame<TPixel> destination)
        {
            for (int y = 0; y < crop.Height; y++)
            {
                source.Row(crop.Y + y).Slice(crop.X, crop.Width).CopyTo(destination.Row(y));
            }
        }
    }
}

internal sealed class QuarterTurnProcessor(RotateMode mode) : CloningImageProcessor
{
    public override ICloningImageProcessor<TPixel> CreatePixelSpecificCloningProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        => new Rotate<TPixel>(configuration, source, sourceRectangle, mode);

    private sealed class Rotate<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle,
        RotateMode mode)
        : TransformProcessor<TPixel>(configuration, source, sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        protected override Size GetDestinationSize() => mode is RotateMode.Rotate90 or RotateMode.Rotate270
            ? new Size(this.Source.Height, this.Source.Width)
            : this.Source.Size;

        protected override void OnFrameApply(ImageFrame<TPixel> source, ImageFrame<TPixel> destination)
        {
            Span<TPixel> target = destination.Pixels;
            for (int y = 0; y < source.Height; y++)
            {
                Span<TPixel> row = source.Row(y);
                for (int x = 0; x < row.Length; x++)
                {
                    (int targetX, int targetY) = mode switch
                    {
                        RotateMode.Rotate90 => (source.Height - 1 - y, x),
                        RotateMode.Rotate180 => (source.Width - 1 - x, source.Height - 1 - y),
                        RotateMode.Rotate270 => (y, source.Width - 1 - x),
                        _ => (x, y),
                    };
                    target[(targetY * destination.Width) + targetX] = row[x];
                }
            }
        }

        protected override void AfterImageApply(Image<TPixel> destination)
        {
            // Turned pixels make an orientation tag wrong.
            if (mode != RotateMode.None && destination.Metadata.ExifProfile is { } profile)
            {
                profile.RemoveValue(ExifTag.Orientation);
                base.AfterImageApply(destination);
            }
        }
    }
}

internal sealed class FlipProcessor(FlipMode mode) : IImageProcessor
{
    public IImageProcessor<TPixel> CreatePixelSpecificProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
        => new Flip<TPixel>(configuration, source, sourceRectangle, mode);

    private sealed class Flip<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle,
        FlipMode mode)
        : ImageProcessor<TPixel>(configuration, source, sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        protected override void OnFrameApply(ImageFrame<TPixel> source)
        {
            if (mode == FlipMode.Horizontal)
            {
                for (int y = 0; y < source.Height; y++)
                {
                    source.Row(y).Reverse();
                }
            }
            else if (mode == FlipMode.Vertical)
            {
                TPixel[] kept = new TPixel[source.Width];
                for (int y = 0; y < source.Height / 2; y++)
                {
                    Span<TPixel> top = source.Row(y);
                    Span<TPixel> bottom = source.Row(source.Height - 1 - y);
                    top.CopyTo(kept);
                    bottom.CopyTo(top);
                    kept.CopyTo(bottom);
                }
            }
        }
    }
}

internal sealed class AutoOrientProcessor : IImageProcessor
{
    public IImageProcessor<TPixel> CreatePixelSpecificProcessor<TPixel>(
        Configuration configuration,
        Image<TPixel> source,
        Rectangle sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
        => new AutoOrient<TPixel>(configuration, source, sourceRectangle);

    private sealed class AutoOrient<TPixel>(Configuration configuration, Image<TPixel> source, Rectangle sourceRectangle)
        : ImageProcessor<TPixel>(configuration, source, sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        protected override void BeforeImageApply()
        {
            (FlipMode flip, RotateMode rotate) = TakeOrientation(this.Source.Metadata.ExifProfile) switch
            {
                ExifOrientationMode.TopRight => (FlipMode.Horizontal, RotateMode.None),
                ExifOrientationMode.BottomRight => (FlipMode.None, RotateMode.Rotate180),
                ExifOrientationMode.BottomLeft => (FlipMode.Vertical, RotateMode.None),
                ExifOrientationMode.LeftTop => (FlipMode.Vertical, RotateMode.Rotate90),
                ExifOrientationMode.RightTop => (FlipMode.None, RotateMode.Rotate90),
                ExifOrientationMode.RightBottom => (FlipMode.Vertical, RotateMode.Rotate270),
                ExifOrientationMode.LeftBottom => (FlipMode.None, RotateMode.Rotate270),
                _ => (FlipMode.None, RotateMode.None),
            };
            this.Run(new FlipProcessor(flip), flip != FlipMode.None);
            this.Run(new QuarterTurnProcessor(rotate), rotate != RotateMode.None);
        }

        protected override void OnFrameApply(ImageFrame<TPixel> source)
        {
        }

        private static ushort TakeOrientation(ExifProfile? profile)
        {
            if (profile is null || !profile.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? value))
            {
                return ExifOrientationMode.Unknown;
            }

            ushort orientation = value.Value;
            profile.SetValue(ExifTag.Orientation, ExifOrientationMode.TopLeft);
            return orientation;
        }

        private void Run(IImageProcessor processor, bool needed)
        {
            if (needed)
            {
                using IImageProcessor<TPixel> specific =
                    processor.CreatePixelSpecificProcessor(this.Configuration, this.Source, this.Source.Bounds);
                specific.Execute();
            }
        }
    }
}

/// <summary>Keeps the pixel dimensions of an EXIF profile in step with the image.</summary>
internal abstract class TransformProcessor<TPixel>(
    Configuration configuration,
    Image<TPixel> source,
    Rectangle sourceRectangle)
    : CloningImageProcessor<TPixel>(configuration, source, sourceRectangle)
    where TPixel : unmanaged, IPixel<TPixel>
{
    private const ushort PixelXDimension = 0xA002;
    private const ushort PixelYDimension = 0xA003;

    protected override void AfterImageApply(Image<TPixel> destination)
    {
        destination.Metadata.ExifProfile?.SetNumberIfPresent(PixelXDimension, (uint)destination.Width);
        destination.Metadata.ExifProfile?.SetNumberIfPresent(PixelYDimension, (uint)destination.Height);
    }
}
