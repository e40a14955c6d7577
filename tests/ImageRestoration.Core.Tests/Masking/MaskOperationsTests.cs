using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class MaskOperationsTests
{
    [Fact]
    public void SetOperations_TwoMasks_FollowTheirRules()
    {
        Mask a = MaskDrawing.Parse("##..", "#...");
        Mask b = MaskDrawing.Parse("#.#.", "...#");
        Assert.Equal(["###.", "#..#"], MaskDrawing.Format(a.Union(b)));
        Assert.Equal(["#...", "...."], MaskDrawing.Format(a.Intersect(b)));
        Assert.Equal(["..##", ".###"], MaskDrawing.Format(a.Invert()));
        Assert.Equal(["##", "#.", "..", ".."], MaskDrawing.Format(a.Transpose()));
        Assert.Equal(["##..", "#..."], MaskDrawing.Format(a));
    }

    [Fact]
    public void SetOperations_DifferentSizes_ThrowWithBoth()
    {
        TensorShapeException error = Assert.Throws<TensorShapeException>(() => new Mask(2, 3).Union(new Mask(3, 2)));
        Assert.Contains("2×3", error.Message, StringComparison.Ordinal);
        Assert.Contains("3×2", error.Message, StringComparison.Ordinal);
        Assert.Throws<TensorShapeException>(() => new Mask(2, 3).Intersect(new Mask(2, 4)));
    }

    [Fact]
    public void Transpose_AnySize_ExchangesRowsAndColumns()
    {
        Mask mask = new PointMaskStrategy(0.5).Create(150, 70, new SeededRandom(1));
        Mask transposed = mask.Transpose();
        Assert.Equal((70, 150), (transposed.Height, transposed.Width));
        for (int row = 0; row < mask.Height; row++)
        {
            for (int column = 0; column < mask.Width; column++)
            {
                Assert.Equal(mask[row, column], transposed[column, row]);
            }
        }
    }

    [Fact]
    public void Dilate_Point_IsADisk()
    {
        Mask point = MaskDrawing.Parse(".....", ".....", "..#..", ".....", ".....");
        Assert.Equal([".....", ".....", "..#..", ".....", "....."], MaskDrawing.Format(point.Dilate(0.99)));
        Assert.Equal([".....", "..#..", ".###.", "..#..", "....."], MaskDrawing.Format(point.Dilate(1)));
        Assert.Equal([".....", ".###.", ".###.", ".###.", "....."], MaskDrawing.Format(point.Dilate(1.5)));
        Assert.Equal(["..#..", ".###.", "#####", ".###.", "..#.."], MaskDrawing.Format(point.Dilate(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.3)]
    [InlineData(6)]
    [InlineData(1000)]
    public void DilateAndErode_RandomMasks_EqualTheDefinition(double radius)
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            Mask mask = RandomMask(seed);
            Assert.Equal(MaskDrawing.Format(DilateByDefinition(mask, radius)), MaskDrawing.Format(mask.Dilate(radius)));
            Assert.Equal(MaskDrawing.Format(DilateByDefinition(mask.Invert(), radius).Invert()), MaskDrawing.Format(mask.Erode(radius)));
        }
    }

    [Fact]
    public void Feather_RandomMasks_FallsLinearlyWithTheDistance()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            const double radius = 4.5;
            Mask mask = RandomMask(seed);
            using ImageTensor soft = mask.Feather(radius);
            Assert.Equal(ImageShape.Single(1, mask.Height, mask.Width), soft.Shape);
            for (int row = 0; row < mask.Height; row++)
            {
                for (int column = 0; column < mask.Width; column++)
                {
                    double expected = Math.Max(0, 1 - (DistanceToMissing(mask, row, column) / radius));
                    Assert.Equal(expected, soft.Row(0, 0, row)[column], 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Feather_NarrowRamp_IsTheMask(double radius)
    {
        Mask mask = MaskDrawing.Parse("..#..", ".##..");
        using ImageTensor soft = mask.Feather(radius);
        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 1, 0, 0], soft.Span.ToArray());
    }

    [Fact]
    public void Operations_WrongRadius_Throw()
    {
        var mask = new Mask(2, 2);
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => mask.Dilate(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => mask.Erode(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => mask.Feather(double.NaN));
    }

    /// <summary>Files and other libraries mark with 255 what is 1 here, and <c>Values</c> lets them be copied in.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void Values_AnyByteButZero_IsMissing(byte mark)
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            Mask mask = RandomMask(seed), marked = new(mask.Height, mask.Width);
            for (int i = 0; i < mask.Values.Length; i++)
            {
                marked.Values[i] = (byte)(mask.Values[i] * mark);
            }

            Assert.Equal(mask.CountMissing(), marked.CountMissing());
            Assert.Equal(mask.MissingShare(), marked.MissingShare());
            AssertSame(mask, marked.Invert().Invert());
            AssertSame(mask, marked.Union(new Mask(mask.Height, mask.Width)));
            AssertSame(mask, marked.Intersect(mask));
            AssertSame(mask.Dilate(2), marked.Dilate(2));
            AssertSame(mask.Erode(2), marked.Erode(2));
            AssertSame(mask.Transpose(), marked.Transpose());
            using ImageTensor planes = mask.ToTensor(), markedPlanes = marked.ToTensor(), soft = mask.Feather(3), markedSoft = marked.Feather(3);
            Assert.Equal(planes.Span, markedPlanes.Span);
            Assert.Equal(soft.Span, markedSoft.Span);
            using ImageTensor filled = Ramp(mask), markedFilled = Ramp(mask);
            MissingPixels.Fill(filled, mask, InitialFill.Harmonic);
            MissingPixels.Fill(markedFilled, marked, InitialFill.Harmonic);
            Assert.Equal(filled.Span, markedFilled.Span);
        }
    }

    private static void AssertSame(Mask expected, Mask actual) => Assert.Equal(expected.Values, actual.Values);

    private static ImageTensor Ramp(Mask mask)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(1, mask.Height, mask.Width));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = i / 700f;
        }

        return image;
    }

    private static Mask RandomMask(ulong seed)
    {
        var random = new SeededRandom(seed);
        double[] shares = [0, 0.005, 0.05, 0.5, 0.95, 1];
        return new PointMaskStrategy(shares[seed % 6]).Create(random.Next(1, 25), random.Next(1, 25), random);
    }

    private static Mask DilateByDefinition(Mask mask, double radius)
    {
        var result = new Mask(mask.Height, mask.Width);
        for (int row = 0; row < mask.Height; row++)
        {
            for (int column = 0; column < mask.Width; column++)
            {
                result[row, column] = DistanceToMissing(mask, row, column) <= radius;
            }
        }

        return result;
    }

    private static double DistanceToMissing(Mask mask, int row, int column)
    {
        double least = double.PositiveInfinity;
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                if (mask[y, x])
                {
                    least = Math.Min(least, Math.Sqrt(((y - row) * (y - row)) + ((x - column) * (x - column))));
                }
            }
        }

        return least;
    }
}
