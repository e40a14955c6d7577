using ImageRestoration.Generation;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;

namespace ImageRestoration.Tests.Generation;

public sealed class LatentInterpolationTests
{
    [Theory]
    [InlineData(InterpolationPath.Spherical)]
    [InlineData(InterpolationPath.Linear)]
    public void Interpolate_AtTheEnds_GivesTheVectors(InterpolationPath path)
    {
        float[] from = [1, 2, -3, 0.5f], to = [-2, 0, 1, 4];

        Assert.All(At(from, to, 0, path).Zip(from), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.All(At(from, to, 1, path).Zip(to), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Interpolate_Spherical_DividesTheAngleEvenlyAndKeepsTheLength()
    {
        float[] from = [3, 0, 0], to = [1.5f, 1.5f * MathF.Sqrt(3), 0]; // 60 degrees apart, both of length 3.

        for (int i = 0; i <= 4; i++)
        {
            double angle = i * Math.PI / 12;
            float[] at = At(from, to, i / 4.0, InterpolationPath.Spherical);

            Assert.Equal(3 * Math.Cos(angle), at[0], 1e-5);
            Assert.Equal(3 * Math.Sin(angle), at[1], 1e-5);
            Assert.Equal(0, at[2]);
        }
    }

    [Fact]
    public void Interpolate_Linear_IsTheMeanHalfway()
        => Assert.Equal([1f, 0.5f, 1f], At([2, 0, 1], [0, 1, 1], 0.5, InterpolationPath.Linear));

    [Theory]
    [InlineData(2, 4, 1.5f, 3)]
    [InlineData(-3, -6, -1, -2)]
    [InlineData(0, 0, 0.5f, 1)]
    public void Interpolate_SphericalOfParallelOppositeOrNoVectors_IsTheLine(float x, float y, float halfwayX, float halfwayY)
        => Assert.Equal([halfwayX, halfwayY], At([1, 2], [x, y], 0.5, InterpolationPath.Spherical));

    [Fact]
    public void Interpolate_Latents_MakesABatchFromEndToEnd()
    {
        using HostLatent from = Latent([1, 0], [1, 0]), to = Latent([0, 1], [0, 1]);

        using HostLatent between = LatentInterpolation.Interpolate(from, to, steps: 3);

        Assert.Equal(["latent", "label"], between.Names.ToArray());
        Assert.Equal(new ImageShape(3, 2, 1, 1), between.ShapeOf("latent"));
        float half = MathF.Sqrt(0.5f);
        Assert.All(between["latent"].Span.ToArray().Zip([1, 0, half, half, 0, 1]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.Equal([1, 0, 0.5f, 0.5f, 0, 1], between["label"].Span.ToArray()); // Shares of classes sum up to 1.
    }

    [Fact]
    public void Interpolate_LatentsThatDiffer_NamesTheDifference()
    {
        using HostLatent one = Latent([1, 0], [1, 0]), longer = Latent([1, 0, 2], [1, 0]);
        using HostLatent bare = new([new("latent", ImageTensor.Create(new ImageShape(1, 2, 1, 1)))]);

        Assert.Contains("latent, label and the other latent", Assert.Throws<TensorShapeException>(() => LatentInterpolation.Interpolate(one, bare, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("'latent' of the latents is", Assert.Throws<TensorShapeException>(() => LatentInterpolation.Interpolate(one, longer, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interpolate_BadArguments_AreRefused()
    {
        using HostLatent latent = Latent([1, 0], [1, 0]);

        Assert.Throws<ArgumentOutOfRangeException>("steps", () => LatentInterpolation.Interpolate(latent, latent, 1));
        Assert.Throws<ArgumentOutOfRangeException>("path", () => LatentInterpolation.Interpolate(latent, latent, 2, (InterpolationPath)7));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => At([1], [2], 1.01, InterpolationPath.Linear));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => At([1], [2], double.NaN, InterpolationPath.Linear));
        Assert.Throws<ArgumentException>("to", () => At([1], [2, 3], 0.5, InterpolationPath.Linear));
    }

    private static float[] At(float[] from, float[] to, double position, InterpolationPath path)
    {
        var result = new float[from.Length];
        LatentInterpolation.Interpolate(from, to, position, path, result);
        return result;
    }

    private static HostLatent Latent(float[] values, float[] label)
        => new([new("latent", ImageTensor.Wrap(values, new ImageShape(1, values.Length, 1, 1))), new("label", ImageTensor.Wrap(label, new ImageShape(1, label.Length, 1, 1)))]);
}
