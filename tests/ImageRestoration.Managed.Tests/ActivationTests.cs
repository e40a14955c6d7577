using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

public sealed class ActivationTests
{
    private static readonly float[] Special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1e-40f, -1e-40f, 3e38f, -3e38f, 90f, -90f, 20f, -20f];

    public static TheoryData<ActivationFunction, string> AllFunctions()
    {
        var data = new TheoryData<ActivationFunction, string>();
        foreach (ActivationFunction function in Enum.GetValues<ActivationFunction>())
        {
            foreach (string kind in Enum.GetNames<VectorKind>())
            {
                data.Add(function, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllFunctions))]
    public void Run_FromMinusTwelveToTwelve_IsExactToOneMillionth(ActivationFunction function, string kind)
    {
        using ImageTensor input = ImageTensor.Create(ImageShape.Single(1, 1, 24_001));
        for (int i = 0; i < input.Width; i++)
        {
            input.Span[i] = (i - 12_000) / 1000f;
        }

        (ImageTensor expected, ImageTensor actual) = RunBoth(function, kind, input);
        for (int i = 0; i < input.Width; i++)
        {
            float allowed = 1e-6f * Math.Max(1, Math.Abs(expected.Span[i]));
            Assert.True(Math.Abs(expected.Span[i] - actual.Span[i]) <= allowed, $"{function}({input.Span[i]}) is {actual.Span[i]} instead of {expected.Span[i]}.");
        }
    }

    [Theory]
    [MemberData(nameof(AllFunctions))]
    public void Run_NaNInfinityAndDenormals_AreTreatedAsByTheReference(ActivationFunction function, string kind)
    {
        using ImageTensor input = ImageTensor.Wrap(Special, ImageShape.Single(1, 1, Special.Length));
        (ImageTensor expected, ImageTensor actual) = RunBoth(function, kind, input);
        for (int i = 0; i < Special.Length; i++)
        {
            bool same = float.IsFinite(expected.Span[i])
                ? Math.Abs(expected.Span[i] - actual.Span[i]) <= 1e-6f * Math.Max(1, Math.Abs(expected.Span[i]))
                : expected.Span[i].Equals(actual.Span[i]);
            Assert.True(same, $"{function}({Special[i]}) is {actual.Span[i]} instead of {expected.Span[i]}.");
        }
    }

    [Theory]
    [MemberData(nameof(TestNetworks.VectorKinds), MemberType = typeof(TestNetworks))]
    public void Run_ConvolutionOfNaN_IsNaNWhereTheKernelReaches(string kind)
    {
        Network network = TestNetworks.Build(3, x => x.Conv2d(5, 3, padding: 1).ReLU());
        using ImageTensor input = NetworkCase.RandomInput(ImageShape.Single(3, 20, 20), seed: 1);
        input.Row(0, 1, 8)[6] = float.NaN;
        using ImageTensor output = TestNetworks.Run(network, TestNetworks.Weights(network), input, threads: 1, Enum.Parse<VectorKind>(kind));
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                Assert.Equal(Math.Abs(y - 8) <= 1 && Math.Abs(x - 6) <= 1, float.IsNaN(output.Row(0, 2, y)[x]));
            }
        }
    }

    private static (ImageTensor Expected, ImageTensor Actual) RunBoth(ActivationFunction function, string kind, ImageTensor input)
    {
        Network network = TestNetworks.Build(1, x => x.Activation(function, 0.2f));
        var weights = new NetworkWeights([]);
        return (ReferenceEvaluator.Run(network, weights, input), TestNetworks.Run(network, weights, input, threads: 1, Enum.Parse<VectorKind>(kind)));
    }
}
