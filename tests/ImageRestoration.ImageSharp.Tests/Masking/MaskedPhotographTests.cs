using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

/// <summary>Strategies and fills on the bundled photographs.</summary>
public sealed class MaskedPhotographTests
{
    public static TheoryData<string, IMaskStrategy> Strategies => new()
    {
        { "border", new BorderMaskStrategy() },
        { "points", new PointMaskStrategy(0.1, 0.9) },
        { "patches", new PatchMaskStrategy(16, 0.75) },
        { "regions", new RegionMaskStrategy() },
        { "scratches", new ScratchMaskStrategy() },
        { "free form", new FreeFormMaskStrategy() },
        { "choice", new RandomChoiceMaskStrategy((new RegionMaskStrategy(), 1), (new PointMaskStrategy(0.001).Dilate(6), 1)) },
        { "fixed", new FixedMaskStrategy(new FreeFormMaskStrategy().Create(512, 512, new SeededRandom(1))) },
    };

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Fill_Photographs_KeepsKnownPixelsAndNearestIsCloserThanMeanAndRandom(string name, IMaskStrategy strategy)
    {
        ulong seed = 0;
        foreach (string path in TestPictures.Photographs)
        {
            using ImageTensor photograph = await ImageFile.LoadAsync(path);
            Mask mask = strategy.Create(photograph.Height, photograph.Width, new SeededRandom(seed));
            Assert.True(mask.CountMissing() > 0, $"{name}, seed {seed}: nothing is missing.");
            var scores = new Dictionary<InitialFill, double>();
            foreach (InitialFill fill in Enum.GetValues<InitialFill>())
            {
                using ImageTensor filled = photograph.Clone();
                MissingPixels.Fill(filled, mask, fill, new SeededRandom(seed));
                AssertKnownPixelsAreSame(photograph, filled, mask);
                scores[fill] = Psnr.Compute(photograph, filled, mask);
            }

            // Neighbours look alike and the mean minimises the squared error of a constant: PSNR of the missing part, in decibels.
            Assert.True(scores[InitialFill.Nearest] > scores[InitialFill.Random], Describe(path));
            Assert.True(scores[InitialFill.Mean] > scores[InitialFill.Random], Describe(path));
            if (name is "points" or "scratches")
            {
                Assert.True(scores[InitialFill.Nearest] > scores[InitialFill.Mean] + 3, Describe(path));
            }

            seed++;

            string Describe(string file) => $"{name}, {Path.GetFileName(file)}: {string.Join(", ", scores.Select(score => $"{score.Key} {score.Value:F2} dB"))}";
        }
    }

    [Fact]
    public async Task Sources_MarkedPhotograph_GiveTheMaskBackAfterAFile()
    {
        using var folder = new TemporaryFolder();
        using ImageTensor photograph = await ImageFile.LoadAsync(TestPictures.Photographs.First());
        Mask mask = new FreeFormMaskStrategy().Create(photograph.Height, photograph.Width, new SeededRandom(3));
        using ImageTensor drawn = ImageTensor.Create(ImageShape.Single(1, photograph.Height, photograph.Width));
        mask.CopyTo(drawn.Span);
        for (int i = 0; i < mask.Values.Length; i++)
        {
            if (mask.Values[i] == 1)
            {
                (photograph.Plane(0, 0)[i], photograph.Plane(0, 1)[i], photograph.Plane(0, 2)[i]) = (1, 0, 1);
            }
        }

        await ImageFile.SaveAsync(drawn, folder["mask.png"]);
        await ImageFile.SaveAsync(photograph, folder["marked.png"]);
        using ImageTensor mask2 = await ImageFile.LoadAsync(folder["mask.png"]);
        using ImageTensor marked = await ImageFile.LoadAsync(folder["marked.png"]);
        Assert.True(mask.Values.SequenceEqual(Mask.FromImage(mask2).Values));
        Assert.True(mask.Values.SequenceEqual(Mask.FromAlpha(mask2).Invert().Values));
        Assert.True(mask.Values.SequenceEqual(Mask.FromColorKey(marked, [1, 0, 1]).Values));
    }

    private static void AssertKnownPixelsAreSame(ImageTensor expected, ImageTensor actual, Mask mask)
    {
        for (int channel = 0; channel < expected.Channels; channel++)
        {
            ReadOnlySpan<float> before = expected.Plane(0, channel);
            ReadOnlySpan<float> after = actual.Plane(0, channel);
            for (int i = 0; i < before.Length; i++)
            {
                if (mask.Values[i] == 0 && BitConverter.SingleToUInt32Bits(before[i]) != BitConverter.SingleToUInt32Bits(after[i]))
                {
                    Assert.Fail($"Known pixel {i} of channel {channel} changed from {before[i]} to {after[i]}.");
                }
            }
        }
    }
}
