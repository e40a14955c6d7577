using ImageRestoration.Classical.LowLight;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Classical.LowLight;

public sealed class AutoExposureRestorerTests
{
    [Fact]
    public void Restore_Batch_GivesEachPictureItsOwnGain()
    {
        var random = new SeededRandom(1);
        using ImageTensor pictures = ImageTensor.Create(new ImageShape(2, 3, 20, 30));
        for (int i = 0; i < pictures.Span.Length; i++)
        {
            pictures.Span[i] = random.NextSingle() * (i < pictures.Span.Length / 2 ? 0.2f : 0.05f);
        }

        using ImageTensor expected = pictures.Clone();
        AutoExposure.Apply(expected);
        using ImageTensor result = ClassicalRuns.Run(new AutoExposureRestorer(), pictures);

        Assert.Equal(expected.Span.ToArray(), result.Span.ToArray());
        Assert.NotEqual(pictures.Span.ToArray(), result.Span.ToArray());
    }
}
