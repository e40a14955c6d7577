using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Masking;

public sealed class OutpaintingTests
{
    [Fact]
    public void Enlarge_Batch_KeepsThePicturesAndMarksTheRest()
    {
        using ImageTensor image = ImageTensor.Create(new ImageShape(2, 3, 2, 3));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = i + 1;
        }

        (ImageTensor canvas, Mask mask) = Outpainting.Enlarge(image, 1, 2, 3, 0);
        using (canvas)
        {
            Assert.Equal(new ImageShape(2, 3, 5, 6), canvas.Shape);
            Assert.Equal(["######", "###...", "###...", "######", "######"], MaskDrawing.Format(mask));
            for (int n = 0; n < 2; n++)
            {
                for (int c = 0; c < 3; c++)
                {
                    for (int row = 0; row < 2; row++)
                    {
                        Assert.Equal(image.Row(n, c, row).ToArray(), canvas.Row(n, c, row + 1)[3..].ToArray());
                    }

                    Assert.Equal(6, canvas.Plane(n, c).Length - canvas.Plane(n, c).Count(0f));
                }
            }
        }
    }

    [Fact]
    public void Enlarge_ByNothing_IsACopy()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));
        image.Span.Fill(0.25f);
        (ImageTensor canvas, Mask mask) = Outpainting.Enlarge(image, 0, 0, 0, 0);
        Assert.Equal(image.Span.ToArray(), canvas.Span.ToArray());
        Assert.Equal(0, mask.CountMissing());
        canvas.Dispose();
        Assert.Equal(0.25f, image.Span[0]);
    }

    [Fact]
    public void Enlarge_WrongExtents_ReportsAllTogether()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Outpainting.Enlarge(image, -1, 0, 0, -5));
        Assert.Contains("top is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("right is -5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, 0, 0)]
    [InlineData(50_000, 0, 50_000, 0)]
    [InlineData(0, 0, int.MaxValue, int.MaxValue)]
    public void Enlarge_BeyondATensor_ThrowsBeforeAllocating(int top, int bottom, int left, int right)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Outpainting.Enlarge(image, top, bottom, left, right));
        Assert.Contains("a tensor holds at most", error.Message, StringComparison.Ordinal);
    }
}
