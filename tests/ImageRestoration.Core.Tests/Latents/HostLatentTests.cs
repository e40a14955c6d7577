using ImageRestoration.Imaging;
using ImageRestoration.Latents;

namespace ImageRestoration.Tests.Latents;

public sealed class HostLatentTests
{
    [Fact]
    public void HostLatent_KeepsOrderNamesAndShapes()
    {
        using HostLatent latent = Create(out ImageTensor skip, out ImageTensor bottleneck);

        Assert.Equal(["skip", "bottleneck"], latent.Names.ToArray());
        Assert.Equal("cpu", latent.Device);
        Assert.Equal(skip.Shape, latent.ShapeOf("skip"));
        Assert.Same(bottleneck, latent["bottleneck"]);
    }

    [Fact]
    public void CopyToHost_IsIndependent()
    {
        using HostLatent latent = Create(out ImageTensor skip, out _);
        using ImageTensor copy = latent.CopyToHost("skip");

        copy.Span.Fill(9);

        Assert.Equal([1f, 2f], skip.Span.ToArray());
    }

    [Fact]
    public void CopyOf_OutlivesTheOriginal()
    {
        HostLatent latent = Create(out _, out _);
        using HostLatent copy = HostLatent.CopyOf(latent);
        latent.Dispose();

        Assert.Equal(["skip", "bottleneck"], copy.Names.ToArray());
        Assert.Equal([1f, 2f], copy["skip"].Span.ToArray());
        Assert.Equal([3f], copy["bottleneck"].Span.ToArray());
    }

    [Fact]
    public void Dispose_FreesAllTensorsAndMayBeRepeated()
    {
        HostLatent latent = Create(out ImageTensor skip, out ImageTensor bottleneck);
        latent.Dispose();
        latent.Dispose();

        Assert.Throws<ObjectDisposedException>(() => skip.Memory);
        Assert.Throws<ObjectDisposedException>(() => bottleneck.Memory);
        Assert.Throws<ObjectDisposedException>(() => latent.CopyToHost("skip"));
    }

    [Fact]
    public void Indexer_UnknownName_SaysWhatThereIs()
    {
        using HostLatent latent = Create(out _, out _);

        string message = Assert.Throws<TensorShapeException>(() => latent.ShapeOf("code")).Message;

        Assert.Contains("no tensor 'code'. It has: skip, bottleneck", message, StringComparison.Ordinal);
    }

    private static HostLatent Create(out ImageTensor skip, out ImageTensor bottleneck)
    {
        skip = ImageTensor.Wrap(new[] { 1f, 2f }, ImageShape.Single(1, 1, 2));
        bottleneck = ImageTensor.Wrap(new[] { 3f }, ImageShape.Single(1, 1, 1));
        return new HostLatent([new("skip", skip), new("bottleneck", bottleneck)]);
    }
}
