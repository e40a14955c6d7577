using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Quality;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class EdgeStatisticsTests
{
    private const int Size = 12;

    [Fact]
    public void Compute_SamePicture_IsAsSharpWithoutDistanceOrSeam()
    {
        using ImageTensor picture = Stripes(0.4f);
        EdgeStatistics statistics = EdgeStatistics.Compute(picture, picture, Square())!.Value;
        Assert.Equal(new EdgeStatistics(1, 0, 1), statistics);
    }

    /// <summary>Columns that alternate between 0.3 and 0.7: every gradient is 0.4. Half the contrast halves each; a flat hole has none, and its edge shows half the steps.</summary>
    [Fact]
    public void Compute_LessContrast_IsLessSharp()
    {
        using ImageTensor original = Stripes(0.4f), soft = Stripes(0.4f), flat = Stripes(0.4f);
        Mask mask = Square();
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < Size * Size; i++)
            {
                if (mask.Values[i] == 1)
                {
                    soft.Plane(0, c)[i] = 0.5f + ((soft.Plane(0, c)[i] - 0.5f) / 2);
                    flat.Plane(0, c)[i] = 0.5f;
                }
            }
        }

        EdgeStatistics half = EdgeStatistics.Compute(original, soft, mask)!.Value, none = EdgeStatistics.Compute(original, flat, mask)!.Value;
        Assert.Equal(0.5, half.Sharpness, 1e-5);
        Assert.Equal(0.2 * 255, half.Distance, 1e-3);
        Assert.Equal(0, none.Sharpness, 1e-6);
        Assert.Equal(0.4 * 255, none.Distance, 1e-3);

        // Along columns the original has no steps at all, across them 0.4: six rows on each of two sides. The flat hole makes steps of 0.2 on all four.
        Assert.Equal(4 * 0.2 / (2 * 0.4), none.Seam, 1e-5);
    }

    [Fact]
    public void Compute_OtherOrder_HasTheSameStatistics()
    {
        using ImageTensor original = Stripes(0.4f), moved = Stripes(-0.4f);
        EdgeStatistics statistics = EdgeStatistics.Compute(original, moved, Square())!.Value;
        Assert.Equal(1, statistics.Sharpness, 1e-5);
        Assert.Equal(0, statistics.Distance, 1e-3);
    }

    [Fact]
    public void Compute_NothingToCompare_IsNull()
    {
        using ImageTensor flat = Stripes(0), stripes = Stripes(0.4f);
        var scattered = new Mask(Size, Size);
        scattered.Row(3)[3] = 1;
        Assert.Null(EdgeStatistics.Compute(flat, stripes, Square()));
        Assert.Null(EdgeStatistics.Compute(stripes, stripes, scattered));
        Assert.Null(EdgeStatistics.Mean([]));
        Assert.Equal(new EdgeStatistics(2, 3, 4), EdgeStatistics.Mean([new(1, 2, 3), new(3, 4, 5)]));
    }

    private static ImageTensor Stripes(float contrast)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(3, Size, Size));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = 0.5f + (i % 2 == 0 ? -contrast / 2 : contrast / 2);
        }

        return image;
    }

    /// <summary>Six by six pixels in the middle.</summary>
    private static Mask Square()
    {
        var mask = new Mask(Size, Size);
        for (int y = 3; y < 9; y++)
        {
            mask.Row(y).Slice(3, 6).Fill(1);
        }

        return mask;
    }
}
