using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class SensorNoiseCaseTests
{
    [Theory]
    [InlineData(0f, 0.0004)]
    [InlineData(0.5f, 0.0054)]
    public void Degrade_Constant_AddsNoiseOfThatVariance(float value, double variance)
    {
        using ImageTensor constant = TestImages.CreateConstant(value, height: 128, width: 128);
        using ImageTensor noisy = new SensorNoiseCase(new(0.01, 0.0004), 0).Degrade(constant, "a.png");

        // 49,152 values: the standard error of a variance is 0.64 %.
        using ImageTensor noise = noisy.Clone();
        TensorPrimitives.Subtract(noise.Span, value, noise.Span);
        Assert.InRange(TensorPrimitives.SumOfSquares<float>(noise.Span) / noise.Span.Length / variance, 0.97, 1.03);
        Assert.False(constant.Span.ContainsAnyExcept(value));
    }

    [Fact]
    public void Degrade_SameName_GivesTheSameNoiseAndOtherNamesDoNot()
    {
        using ImageTensor image = TestImages.CreateWaves();
        using ImageTensor first = new SensorNoiseCase(new(0.01, 0.0004), 0).Degrade(image, "a.png");
        using ImageTensor again = new SensorNoiseCase(new(0.01, 0.0004), 0).Degrade(image, "a.png");
        using ImageTensor other = new SensorNoiseCase(new(0.01, 0.0004), 0).Degrade(image, "b.png");

        Assert.Equal(first.Span, again.Span);
        Assert.NotEqual(first.Span.ToArray(), other.Span.ToArray());
    }

    [Fact]
    public void CreateCases_SigmasAndSensors_AreInThatOrder()
    {
        EvaluationOptions options = new() { Task = "denoise", Images = ".", Restorers = ["none"], Backend = "onnx", Sigmas = [25], Sensors = [new(0.01, 0.0004)] };

        Assert.Equal(["sigma 25", "sensor 0.01:0.0004"], EvaluationTask.Find("denoise").CreateCases(options).Select(c => c.Name));
    }

    [Theory]
    [InlineData("0.01")]
    [InlineData("0.01:")]
    [InlineData("0.01:-1")]
    [InlineData("NaN:0")]
    [InlineData("0.01:0.1:0.1")]
    public void TryParse_NoPairOfVariances_IsNull(string text) => Assert.Null(SensorStrength.TryParse(text));
}
