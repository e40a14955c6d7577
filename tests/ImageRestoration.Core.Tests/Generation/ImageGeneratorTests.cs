using ImageRestoration.Generation;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Restoration;

namespace ImageRestoration.Tests.Generation;

public sealed class ImageGeneratorTests
{
    private static readonly ImageShape _pictureShape = ImageShape.Single(1, 4, 4);

    [Fact]
    public async Task Generate_ASeed_MakesTheSamePicturesInBatchesOfEverySize()
    {
        var autoencoder = new ReferenceAutoencoder();
        using var generator = new ImageGenerator(autoencoder);

        using ImageTensor atOnce = await generator.GenerateAsync(5, new GenerationOptions { Seed = 4 });
        using ImageTensor inParts = await generator.GenerateAsync(7, new GenerationOptions { Seed = 4, BatchSize = 3 });
        using ImageTensor other = await generator.GenerateAsync(5, new GenerationOptions { Seed = 5 });

        Assert.Equal(new ImageShape(5, 1, 4, 4), atOnce.Shape);
        Assert.Equal(new ImageShape(7, 1, 4, 4), inParts.Shape);
        Assert.Equal(atOnce.Span.ToArray(), inParts.Span[..atOnce.Span.Length].ToArray());
        Assert.NotEqual(atOnce.Span.ToArray(), other.Span.ToArray());
        Assert.Equal(5, autoencoder.LargestBatch);
        Assert.Equal(7, Enumerable.Range(0, 7).Select(i => string.Join(' ', inParts.Span.Slice(i * 16, 16).ToArray())).Distinct().Count());
    }

    [Fact]
    public void DrawLatent_IsNormallyDistributedAndScaledByTheTemperature()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder());
        using HostLatent cold = generator.DrawLatent(2_000, new GenerationOptions { Temperature = 0.5 }), normal = generator.DrawLatent(2_000);

        float[] values = normal["latent"].Span.ToArray();
        Assert.Equal(new ImageShape(2_000, 6, 1, 1), normal.ShapeOf("latent"));
        Assert.Equal(0, values.Average(), 0.04); // Four standard errors of 12,000 draws.
        Assert.Equal(1, values.Average(v => v * v), 0.06);
        Assert.Equal(values.Select(v => v / 2), cold["latent"].Span.ToArray());
    }

    [Fact]
    public void DrawLatent_OfALargerPicture_CoversIt()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder(classes: 3));
        using HostLatent latent = generator.DrawLatent(2, new GenerationOptions { Size = new Size2d(8, 12), Label = 1 });

        Assert.Equal(new ImageShape(2, 6, 2, 3), latent.ShapeOf("latent"));
        Assert.Equal(new ImageShape(2, 3, 2, 3), latent.ShapeOf("label"));
        float[] planes = [.. Enumerable.Repeat(0f, 6), .. Enumerable.Repeat(1f, 6), .. Enumerable.Repeat(0f, 6)];
        Assert.Equal([.. planes, .. planes], latent["label"].Span.ToArray());
    }

    [Fact]
    public async Task Generate_AnotherClass_ChangesThePictureAndNotTheNoise()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder(classes: 3));
        using HostLatent one = generator.DrawLatent(1, new GenerationOptions { Label = 0 }), other = generator.DrawLatent(1, new GenerationOptions { Label = 2 });
        using ImageTensor first = await generator.GenerateAsync(1, new GenerationOptions { Label = 0 }), second = await generator.GenerateAsync(1, new GenerationOptions { Label = 2 });

        Assert.Equal(3, generator.Classes);
        Assert.Equal(one["latent"].Span.ToArray(), other["latent"].Span.ToArray());
        Assert.NotEqual(first.Span.ToArray(), second.Span.ToArray());
    }

    [Fact]
    public async Task Interpolate_BetweenPictures_StartsAndEndsWithTheirReconstructions()
    {
        var autoencoder = new ReferenceAutoencoder(classes: 2);
        using var generator = new ImageGenerator(autoencoder);
        using ImageTensor from = Picture(1), to = Picture(2);

        using ImageTensor pictures = await generator.InterpolateAsync(autoencoder, from, to, steps: 5, label: 1);

        Assert.Equal(new ImageShape(5, 1, 4, 4), pictures.Shape);
        Assert.All((await ReconstructAsync(from)).Zip(pictures.Span[..16].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.All((await ReconstructAsync(to)).Zip(pictures.Span[^16..].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.NotEqual(pictures.Span[..16].ToArray(), pictures.Span.Slice(32, 16).ToArray());

        async Task<float[]> ReconstructAsync(ImageTensor picture)
        {
            using HostLatent latent = await generator.EncodeAsync(autoencoder, picture, label: 1);
            using ImageTensor reconstruction = await autoencoder.DecodeAsync(latent);
            return reconstruction.Span.ToArray();
        }
    }

    [Fact]
    public async Task Interpolate_BetweenClasses_PassesFromOneToTheOther()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder(classes: 2));
        using HostLatent from = generator.DrawLatent(1, new GenerationOptions { Label = 0 }), to = generator.DrawLatent(1, new GenerationOptions { Label = 1 });
        using ImageTensor first = await generator.GenerateAsync(1, new GenerationOptions { Label = 0 }), last = await generator.GenerateAsync(1, new GenerationOptions { Label = 1 });

        using ImageTensor pictures = await generator.InterpolateAsync(from, to, steps: 20);

        Assert.All(first.Span.ToArray().Zip(pictures.Span[..16].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.All(last.Span.ToArray().Zip(pictures.Span[^16..].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public async Task Generate_BadOptions_AreReportedTogether()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder(classes: 3));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(1, new GenerationOptions { Size = 6, Temperature = double.NaN, BatchSize = 0, Label = 3 }));

        Assert.Equal("options", error.ParamName);
        Assert.All(
            ["Size is 6×6; it must be a multiple of 4×4", "Temperature is NaN", "BatchSize is 0", "Label is 3; the decoder tells 3 classes apart and it must be 0 to 2"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("count", () => generator.GenerateAsync(0));
    }

    [Theory]
    [InlineData(3, null, "Label is null; the decoder tells 3 classes apart")]
    [InlineData(0, 1, "Label is 1; the decoder tells no classes apart")]
    public async Task Generate_LabelMissingOrUnwanted_SaysSo(int classes, int? label, string expected)
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder(classes));

        Assert.Contains(expected, (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(1, new GenerationOptions { Label = label }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_DecoderWithSkipConnections_IsRefusedAndStaysOpen()
    {
        var decoder = new MeanDecoder();

        Assert.Contains("takes 2 latent tensors (mean: 1 channels at 1/2; detail", Assert.Throws<TensorShapeException>(() => new ImageGenerator(decoder)).Message, StringComparison.Ordinal);
        Assert.False(decoder.IsDisposed);
    }

    [Fact]
    public async Task Encode_EncoderThatTakesAClass_IsGivenIt()
    {
        var autoencoder = new ReferenceAutoencoder(classes: 3);
        using var generator = new ImageGenerator(autoencoder);
        using ImageTensor picture = Picture(1);

        using HostLatent one = await generator.EncodeAsync(autoencoder, picture, label: 0), other = await generator.EncodeAsync(autoencoder, picture, label: 2);

        Assert.NotEqual(one["latent"].Span.ToArray(), other["latent"].Span.ToArray());
        Assert.Contains("takes 'label: 3 channels at 1/4' beside the picture", (await Assert.ThrowsAsync<TensorShapeException>(() => autoencoder.EncodeAsync(picture))).Message, StringComparison.Ordinal);
        using HostLatent small = new([new("label", ImageTensor.Create(ImageShape.Single(2, 1, 1)))]);
        Assert.Contains("Condition 'label' is", (await Assert.ThrowsAsync<TensorShapeException>(() => autoencoder.EncodeAsync(new EncodeRequest(picture) { Conditions = small }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_EncoderOfAnotherModel_IsRefused()
    {
        using var generator = new ImageGenerator(new ReferenceAutoencoder());
        using ImageTensor picture = Picture(1);

        Assert.Contains("'latent: 6 channels at 1/4'", (await Assert.ThrowsAsync<TensorShapeException>(() => generator.EncodeAsync(new MeanEncoder(), picture))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_Cancelled_Stops()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ImageGenerator(new ReferenceAutoencoder()).GenerateAsync(2, cancellationToken: new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_ClosesTheDecoderUnlessItIsToStayOpen(bool leaveOpen)
    {
        var decoder = new ReferenceAutoencoder();
        new ImageGenerator(decoder, leaveOpen).Dispose();

        Assert.Equal(!leaveOpen, decoder.IsDisposed);
    }

    private static ImageTensor Picture(ulong seed)
    {
        ImageTensor picture = ImageTensor.Create(_pictureShape);
        var random = new SeededRandom(seed);
        foreach (ref float value in picture.Span)
        {
            value = random.NextSingle();
        }

        return picture;
    }
}
