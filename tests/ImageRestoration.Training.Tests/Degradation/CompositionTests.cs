using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

public sealed class CompositionTests
{
    [Fact]
    public void Then_TwoSteps_AreAppliedInOrder()
    {
        using ImageTensor image = Constant(1, 0.5f);
        new AddDegradation(1).Then(new MultiplyDegradation(10)).Then(new AddDegradation(2)).Apply(image, new SeededRandom(1));
        Assert.All(image.Span.ToArray(), value => Assert.Equal(17f, value));
    }

    [Fact]
    public void Then_Sequence_IsFlattened()
    {
        SequenceDegradation sequence = new AddDegradation(1).Then(new AddDegradation(2)).Then(new AddDegradation(3));
        Assert.Equal(3, sequence.Steps.Count);
    }

    [Fact]
    public void Sequence_Empty_KeepsThePicture()
    {
        using ImageTensor image = Constant(1, 0.5f);
        new SequenceDegradation().Apply(image, new SeededRandom(1));
        Assert.All(image.Span.ToArray(), value => Assert.Equal(0.5f, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void WithProbability_Batch_DegradesThatShareOfPictures(double probability)
    {
        const int count = 2000;
        using ImageTensor image = Constant(count, 0);
        new AddDegradation(1).WithProbability(probability).Apply(image, new SeededRandom(2));
        double share = Enumerable.Range(0, count).Count(b => image.Plane(b, 0)[0] == 1) / (double)count;
        Assert.Equal(probability, share, 5 * Math.Sqrt(probability * (1 - probability) / count));
        Assert.All(Enumerable.Range(0, count), b => Assert.Equal(image.Plane(b, 0)[0], image.Plane(b, 0)[^1]));
    }

    [Fact]
    public void RandomChoice_Weights_AreFollowed()
    {
        const int count = 4000;
        using ImageTensor image = Constant(count, 0);
        IDegradation[] choices = [new AddDegradation(1), new AddDegradation(2), new AddDegradation(3), new AddDegradation(4)];
        new RandomChoiceDegradation(choices, [1, 0, 5, 2]).Apply(image, new SeededRandom(3));
        double[] shares = [.. Enumerable.Range(1, 4).Select(n => Enumerable.Range(0, count).Count(b => image.Plane(b, 0)[0] == n) / (double)count)];
        Assert.Equal(0.125, shares[0], 5 * Math.Sqrt(0.125 * 0.875 / count));
        Assert.Equal(0, shares[1]);
        Assert.Equal(0.625, shares[2], 5 * Math.Sqrt(0.625 * 0.375 / count));
        Assert.Equal(1, shares.Sum(), 1e-12);
    }

    [Fact]
    public void RandomChoice_WithoutWeights_IsUniform()
    {
        const int count = 3000;
        using ImageTensor image = Constant(count, 0);
        new RandomChoiceDegradation(new AddDegradation(1), new AddDegradation(2), new AddDegradation(3)).Apply(image, new SeededRandom(4));
        for (int n = 1; n <= 3; n++)
        {
            Assert.Equal(1 / 3.0, Enumerable.Range(0, count).Count(b => image.Plane(b, 0)[0] == n) / (double)count, 5 * Math.Sqrt(2 / 9.0 / count));
        }
    }

    [Fact]
    public void Augmented_Pair_TargetIsChangedAndNotDegraded()
    {
        using ImageTensor target = Constant(2, 0.5f), degraded = Constant(2, 7);
        new AugmentedDegradation(new AddDegradation(1), new MultiplyDegradation(10)).ApplyToPair(target, degraded, new SeededRandom(1));
        Assert.All(target.Span.ToArray(), value => Assert.Equal(1.5f, value));
        Assert.All(degraded.Span.ToArray(), value => Assert.Equal(15f, value));
    }

    [Fact]
    public void Augmented_OfAugmented_TargetHasBothChanges()
    {
        using ImageTensor target = Constant(2, 0.5f), degraded = Constant(2, 7);
        new AugmentedDegradation(new AddDegradation(1), new AugmentedDegradation(new AddDegradation(2), new MultiplyDegradation(10))).ApplyToPair(target, degraded, new SeededRandom(1));
        Assert.All(target.Span.ToArray(), value => Assert.Equal(3.5f, value));
        Assert.All(degraded.Span.ToArray(), value => Assert.Equal(35f, value));
    }

    [Fact]
    public void Then_AfterAugmented_TargetIsChangedAndNotDegraded()
    {
        using ImageTensor target = Constant(2, 0.5f), degraded = Constant(2, 7);
        IDegradation made = new AugmentedDegradation(new AddDegradation(1), new MultiplyDegradation(10)).Then(new AddDegradation(3));
        Assert.IsAssignableFrom<IPairDegradation>(made).ApplyToPair(target, degraded, new SeededRandom(1));
        Assert.All(target.Span.ToArray(), value => Assert.Equal(1.5f, value));
        Assert.All(degraded.Span.ToArray(), value => Assert.Equal(18f, value));
    }

    [Fact]
    public void Then_AugmentedAfterADegradation_ChangesBothPicturesAndKeepsWhatWasDone()
    {
        using ImageTensor target = Constant(2, 0.5f), degraded = Constant(2, 7);
        IDegradation made = new MultiplyDegradation(10).Then(new AugmentedDegradation(new AddDegradation(1), new MultiplyDegradation(2)));
        Assert.IsAssignableFrom<IPairDegradation>(made).ApplyToPair(target, degraded, new SeededRandom(1));
        Assert.All(target.Span.ToArray(), value => Assert.Equal(1.5f, value));
        Assert.All(degraded.Span.ToArray(), value => Assert.Equal(12f, value));
    }

    /// <summary>Whatever way pairs come about: the network's input is what the degradation alone makes, and only augmentations change targets.</summary>
    [Theory]
    [MemberData(nameof(PairMakers))]
    public void ApplyToPair_SameRandomNumbers_DegradedIsThatOfApply(PerImagePairDegradation degradation, bool changesTarget)
    {
        ArgumentNullException.ThrowIfNull(degradation);
        using ImageTensor target = Constant(40, 0.5f), degraded = Constant(40, 7), alone = Constant(40, 0.5f);
        degradation.ApplyToPair(target, degraded, new SeededRandom(6));
        degradation.Apply(alone, new SeededRandom(6));
        Assert.Equal(alone.Span, degraded.Span);
        Assert.Equal(changesTarget, degradation.ChangesTarget);
        Assert.Equal(changesTarget, target.Span.IndexOfAnyExcept(0.5f) >= 0);
    }

    public static TheoryData<PerImagePairDegradation, bool> PairMakers()
    {
        IDegradation noise = new GaussianNoise(25);
        var augmented = new AugmentedDegradation(new SpeckleNoise(0.3), noise);
        return new()
        {
            { augmented, true },
            { new RandomChoiceDegradation(noise, augmented), true },
            { new RandomChoiceDegradation(noise, new AddDegradation(1)), false },
            { augmented.WithProbability(0.5), true },
            { noise.WithProbability(0.5), false },
            { new AugmentedDegradation(new AddDegradation(1), augmented), true },
            { augmented.Then(noise), true },
            { noise.Then(augmented.WithProbability(0.5)).Then(noise), true },
            { noise.Then(new AddDegradation(1)), false },
        };
    }

    [Fact]
    public void ApplyToPair_OtherShape_Throws()
    {
        using ImageTensor target = Constant(2, 0), degraded = Constant(3, 0);
        Assert.Throws<ArgumentException>("degraded", () => new RandomChoiceDegradation(new AddDegradation(1)).ApplyToPair(target, degraded, new SeededRandom(1)));
    }

    [Fact]
    public void Constructors_WrongArguments_Throw()
    {
        IDegradation add = new AddDegradation(1);
        Assert.Throws<ArgumentException>("steps", () => new SequenceDegradation(add, null!));
        Assert.Throws<ArgumentNullException>("next", () => add.Then(null!));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => add.WithProbability(1.1));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => add.WithProbability(double.NaN));
        Assert.Throws<ArgumentNullException>("augmentation", () => new AugmentedDegradation(null!, add));
        Assert.Throws<ArgumentNullException>("degradation", () => new AugmentedDegradation(add, null!));
        Assert.Throws<ArgumentNullException>("degradation", () => new RandomApplyDegradation(null!, 0.5));
        Assert.Throws<ArgumentException>("choices", () => new RandomChoiceDegradation());
        Assert.Throws<ArgumentException>("choices", () => new RandomChoiceDegradation(add, null!));
        Assert.Throws<ArgumentException>("weights", () => new RandomChoiceDegradation([add], [1, 2]));
        Assert.Throws<ArgumentException>("weights", () => new RandomChoiceDegradation([add, add], [0, 0]));
        Assert.Throws<ArgumentException>("weights", () => new RandomChoiceDegradation([add, add], [1, -1]));
        Assert.Throws<ArgumentException>("weights", () => new RandomChoiceDegradation([add, add], [double.MaxValue, double.MaxValue]));
    }

    private static ImageTensor Constant(int batch, float value)
    {
        ImageTensor image = ImageTensor.Create(new ImageShape(batch, 1, 2, 3));
        image.Span.Fill(value);
        return image;
    }

    private sealed class AddDegradation(float value) : PerImageDegradation
    {
        protected override void ApplyToImage(ImageTensor picture, Random random)
        {
            foreach (ref float v in picture.Span)
            {
                v += value;
            }
        }
    }

    private sealed class MultiplyDegradation(float value) : PerImageDegradation
    {
        protected override void ApplyToImage(ImageTensor picture, Random random)
        {
            foreach (ref float v in picture.Span)
            {
                v *= value;
            }
        }
    }
}
