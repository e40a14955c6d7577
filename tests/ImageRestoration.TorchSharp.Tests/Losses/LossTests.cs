using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class LossTests
{
    private const int Size = 26;

    private static Dictionary<string, Loss> Losses { get; } = new(StringComparer.Ordinal)
    {
        ["MSE"] = new MeanSquaredErrorLoss(),
        ["PSNR"] = new PsnrLoss(),
        ["L1"] = new L1Loss(),
        ["L1 on missing pixels"] = new L1Loss { MissingWeight = 6, KnownWeight = 0.5 },
        ["L1, less in the middle of holes"] = new L1Loss { MissingWeight = 6, MissingDecay = 0.7 },
        ["Charbonnier"] = new CharbonnierLoss { Epsilon = 0.05 },
        ["BCE"] = new BinaryCrossEntropyLoss(),
        ["SSIM"] = new SsimLoss(),
        ["MS-SSIM"] = new MsSsimLoss { Scales = 2 },
        ["total variation"] = new TotalVariationLoss(),
        ["edge"] = new EdgeLoss { Epsilon = 0.05 },
        ["focal frequency"] = new FocalFrequencyLoss { Alpha = 0 },
        ["perceptual"] = PerceptualLossTests.CreateLoss(),
        ["texture"] = TextureLossTests.CreateLoss(),
        ["weighted sum"] = new WeightedSumLoss(new LossTerm(new MeanSquaredErrorLoss(), 2), new LossTerm(new EdgeLoss(), 0.1)),
    };

    public static TheoryData<string, bool> AllLosses()
    {
        var data = new TheoryData<string, bool>();
        foreach (string name in Losses.Keys)
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    [Fact]
    public void Losses_OfTheLibrary_AreAllListed()
        => Assert.Empty(typeof(Loss).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Loss)) && !t.IsAbstract).Except(Losses.Values.Select(l => l.GetType())));

    [Theory]
    [MemberData(nameof(AllLosses))]
    public void Compute_Float64_GradientEqualsDifferences(string name, bool withMask)
    {
        const double h = 1e-5;
        using DisposeScope scope = NewDisposeScope();
        Tensor prediction = Picture(3), target = Picture(4), mask = Holes();
        Tensor leaf = prediction.clone().requires_grad_();
        Losses[name].Compute(new LossInput(leaf, target, withMask ? mask : null)).backward();
        Tensor gradient = leaf.grad!;
        var random = new SeededRandom(5);
        for (int i = 0; i < 12; i++)
        {
            long c = random.Next(2), y = random.Next(Size), x = random.Next(Size);
            double expected = (At(h) - At(-h)) / (2 * h), actual = gradient[0, c, y, x].item<double>();
            Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(1e-3, Math.Abs(expected)) + 1e-9, $"{name} at ({c}, {y}, {x}): gradient {actual}, difference {expected}.");

            double At(double offset)
            {
                using DisposeScope inner = NewDisposeScope();
                Tensor moved = prediction.clone();
                moved.narrow(1, c, 1).narrow(2, y, 1).narrow(3, x, 1).add_(offset);
                return Losses[name].Compute(new LossInput(moved, target, withMask ? mask : null)).item<double>();
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllLosses))]
    public void Compute_PerfectPrediction_IsLeast(string name, bool withMask)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor target = Picture(4), other = Picture(3), mask = Holes();
        double perfect = Value(target), wrong = Value(other);
        Assert.True(perfect < wrong || Losses[name] is TotalVariationLoss, $"{name}: {perfect} for the target itself, {wrong} for another picture.");

        double Value(Tensor prediction) => Losses[name].Compute(new LossInput(prediction, target, withMask ? mask : null)).item<double>();
    }

    [Fact]
    public void Compute_Ssim_EqualsTheMetric()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor prediction = Picture(3), target = Picture(4);
        using ImageTensor first = ToImage(prediction), second = ToImage(target);
        Assert.Equal(1 - Ssim.Compute(second, first), new SsimLoss().Compute(new LossInput(prediction, target)).item<double>(), 5);
    }

    [Fact]
    public void Compute_Psnr_IsTheMeanOfThePictures()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor target = zeros([2, 1, 4, 4], dtype: ScalarType.Float64), prediction = cat([full([1, 1, 4, 4], 0.1, dtype: ScalarType.Float64), full([1, 1, 4, 4], 0.01, dtype: ScalarType.Float64)]);
        Assert.Equal(9, new PsnrLoss { Epsilon = 1e-12 }.Compute(new LossInput(prediction, target)).item<double>(), 1e-6); // 20 and 40 dB, seen from 120.
        Assert.Equal(0, new PsnrLoss().Compute(new LossInput(target, target)).item<double>(), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new PsnrLoss { Epsilon = 0 });
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e-3)] // Less than a hundredth is not told apart.
    public void Compute_MissingDecay_CountsPixelsFromTheNearestKnownOne(double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] mask =
        [
            0, 0, 0, 0, 0, 0, 0,
            0, 0, 1, 1, 1, 1, 1,
            0, 0, 1, 1, 1, 1, 1,
            0, 0, 1, 1, 1, 1, 1,
        ];
        Tensor holes = TorchTensors.ToTorch(mask, [1, 1, 4, 7], CPU), target = zeros([1, 2, 4, 7]);
        var loss = new L1Loss { MissingWeight = 3, MissingDecay = decay, KnownWeight = 0 };
        double[] distances = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 3, 3, 3];
        double sum = distances.Sum(d => decay >= 0.01 ? Math.Pow(decay, d) : decay);
        Assert.Equal(3 * sum / 28, loss.Compute(new LossInput(target + 1, target, holes)).item<float>(), 1e-5);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new L1Loss { MissingDecay = 0 });
    }

    [Fact]
    public void Compute_FocalFrequency_IsTheSquaredErrorWhereNothingIsWeighted()
    {
        // Parseval: the orthonormal spectrum has the picture's energy.
        using DisposeScope scope = NewDisposeScope();
        Tensor prediction = Picture(3), target = Picture(4);
        double squares = new MeanSquaredErrorLoss().Compute(new LossInput(prediction, target)).item<double>();
        Assert.Equal(squares, new FocalFrequencyLoss { Alpha = 0 }.Compute(new LossInput(prediction, target)).item<double>(), 6);
        Assert.InRange(new FocalFrequencyLoss().Compute(new LossInput(prediction, target)).item<double>(), 1e-9, squares);
    }

    [Fact]
    public void Compute_WeightSchedule_MovesLinearly()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor prediction = Picture(3), target = Picture(4);
        var loss = new WeightedSumLoss(new LossTerm(new L1Loss(), 1) { FinalWeight = 0, FromStep = 10, ToStep = 20 });
        double at0 = At(0), at15 = At(15), at30 = At(30);
        Assert.Equal(at0 / 2, at15, 12);
        Assert.Equal(0, at30);

        double At(long step) => loss.Compute(new LossInput(prediction, target, null, step)).item<double>();
    }

    [Fact]
    public void Compute_PatchBelowTheWindow_SaysWhatToDo()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor small = zeros([1, 1, 8, 8]);
        Assert.Contains("larger patches", Assert.Throws<TrainingException>(() => new SsimLoss().Compute(new LossInput(small, small))).Message, StringComparison.Ordinal);
    }

    private static ImageTensor ToImage(Tensor tensor)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(2, Size, Size));
        tensor.to(ScalarType.Float32).bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(image.Span));
        return image;
    }

    /// <summary>Smooth waves with a little noise, in [0, 1].</summary>
    private static Tensor Picture(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var values = new float[2 * Size * Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 0.5f + (0.3f * MathF.Sin((i % Size * 0.21f * seed) + (i / Size * 0.13f))) + (0.1f * random.NextSingle());
        }

        return FromFloats(values, [1, 2, Size, Size]);
    }

    private static Tensor Holes()
    {
        var random = new SeededRandom(6);
        var values = new float[Size * Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.Next(3) == 0 ? 1 : 0;
        }

        return FromFloats(values, [1, 1, Size, Size]);
    }

    private static Tensor FromFloats(float[] values, long[] shape)
    {
        Tensor tensor = empty(shape, dtype: ScalarType.Float32);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).CopyTo(tensor.bytes);
        return tensor.to(ScalarType.Float64);
    }
}
