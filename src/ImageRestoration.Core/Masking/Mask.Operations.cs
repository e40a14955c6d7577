using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Masking;

/// <content>Masks from masks. No operation changes the masks it is called with.</content>
public sealed partial class Mask
{
    /// <summary>Joins two masks: a pixel is missing if it is missing in either.</summary>
    /// <param name="other">A mask of the same size.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="TensorShapeException">The masks differ in size.</exception>
    public Mask Union(Mask other)
    {
        Mask result = CreateForPair(other);
        TensorPrimitives.BitwiseOr(_values, other._values, result._values);
        Normalize(result._values, result._values);
        return result;
    }

    /// <summary>Intersects two masks: a pixel is missing if it is missing in both.</summary>
    /// <param name="other">A mask of the same size.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="TensorShapeException">The masks differ in size.</exception>
    public Mask Intersect(Mask other)
    {
        Mask result = CreateForPair(other);
        Span<byte> values = result._values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _values[i] != 0 && other._values[i] != 0 ? (byte)1 : (byte)0;
        }

        return result;
    }

    /// <summary>Exchanges missing and known pixels.</summary>
    /// <returns>A new mask.</returns>
    public Mask Invert()
    {
        var result = new Mask(Height, Width);
        Normalize(_values, result._values);
        TensorPrimitives.Xor(result._values, (byte)1, result._values);
        return result;
    }

    /// <summary>Exchanges rows and columns.</summary>
    /// <returns>A new mask, as high as this one is wide.</returns>
    public Mask Transpose()
    {
        // Tiles keep both sides in the cache.
        const int tile = 64;
        var result = new Mask(Width, Height);
        for (int top = 0; top < Height; top += tile)
        {
            for (int left = 0; left < Width; left += tile)
            {
                int bottom = Math.Min(Height, top + tile);
                int right = Math.Min(Width, left + tile);
                for (int column = left; column < right; column++)
                {
                    Span<byte> destination = result.Row(column);
                    for (int row = top; row < bottom; row++)
                    {
                        destination[row] = Math.Min((byte)1, _values[(row * Width) + column]);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>
    /// Makes the missing parts larger: pixels become missing whose distance to a missing pixel is at most the radius. The time does not
    /// depend on the radius.
    /// </summary>
    /// <param name="radius">
    /// Largest distance between the centres of two pixels, in pixels; finite and at least 0. With 1, the four neighbours become missing.
    /// </param>
    /// <returns>A new mask.</returns>
    public Mask Dilate(double radius)
    {
        ThrowIfNotRadius(radius);
        var result = new Mask(Height, Width);
        MarkNear(missing: true, radius, result);
        return result;
    }

    /// <summary>
    /// Makes the missing parts smaller: missing pixels become known whose distance to a known pixel is at most the radius.
    /// The outside of the picture counts as neither, so that missing parts do not shrink from the picture's edges.
    /// </summary>
    /// <param name="radius">Largest distance between the centres of two pixels, in pixels; finite and at least 0.</param>
    /// <returns>A new mask.</returns>
    public Mask Erode(double radius)
    {
        ThrowIfNotRadius(radius);
        var result = new Mask(Height, Width);
        MarkNear(missing: false, radius, result);
        TensorPrimitives.Xor(result._values, (byte)1, result._values);
        return result;
    }

    /// <summary>
    /// Gives the mask a soft edge: 1 in missing pixels, outside of them falling linearly to 0 at the distance <paramref name="radius"/>.
    /// As a weight of the restored picture it hides the seam, at the price of changing known pixels.
    /// </summary>
    /// <remarks>For a ramp within the missing parts, call <see cref="Erode"/> with the same radius first.</remarks>
    /// <param name="radius">Width of the ramp in pixels; finite and at least 0. With 1 or less, the edge stays hard.</param>
    /// <returns>One plane, 1×1×height×width, in [0, 1]; the caller disposes it.</returns>
    public ImageTensor Feather(double radius)
    {
        ThrowIfNotRadius(radius);
        ImageTensor soft = ImageTensor.CreateUninitialized(ImageShape.Single(1, Height, Width));
        Span<float> weights = soft.Span;
        using NearestPixels? nearest = NearestPixels.Find(this, missing: true);
        if (nearest is null)
        {
            weights.Clear();
            return soft;
        }

        for (int row = 0; row < Height; row++)
        {
            Span<float> line = weights.Slice(row * Width, Width);
            for (int column = 0; column < line.Length; column++)
            {
                long square = nearest.SquaredDistance(row, column);
                line[column] = square == 0 ? 1 : square >= radius * radius ? 0 : (float)(1 - (Math.Sqrt(square) / radius));
            }
        }

        return soft;
    }

    private static void ThrowIfNotRadius(double radius)
    {
        if (!double.IsFinite(radius) || radius < 0)
        {
            throw MaskErrors.WrongRadius(radius);
        }
    }

    /// <summary>Sets pixels of the result to 1 whose distance to a missing pixel, or to a known one, is at most the radius.</summary>
    private void MarkNear(bool missing, double radius, Mask result)
    {
        using NearestPixels? nearest = NearestPixels.Find(this, missing);
        if (nearest is null)
        {
            return;
        }

        double limit = radius * radius;
        for (int row = 0; row < Height; row++)
        {
            Span<byte> line = result.Row(row);
            for (int column = 0; column < line.Length; column++)
            {
                line[column] = nearest.SquaredDistance(row, column) <= limit ? (byte)1 : (byte)0;
            }
        }
    }

    private Mask CreateForPair(Mask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Height != Height || other.Width != Width)
        {
            throw MaskErrors.OtherSize(this, other);
        }

        return new Mask(Height, Width);
    }
}
