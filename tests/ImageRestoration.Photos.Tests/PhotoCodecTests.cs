using System.Runtime.InteropServices;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.NetVips;
using ImageRestoration.Photos;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.Tests;

public sealed class PhotoCodecTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddCodecs_SeveralTimes_EachIsThereOnceAndInOrder()
    {
        var services = new ServiceCollection();
        services.AddImageRestoration().AddNetVipsCodec().AddImageSharpCodec().AddNetVipsCodec();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(
            ["ImageRestoration.NetVips", "ImageRestoration.ImageSharp"], provider.GetServices<IPhotoCodec>().Select(codec => codec.Name));
        Assert.Contains(".avif", provider.GetRequiredService<PhotoFiles>().WriteExtensions);
    }

    [Fact]
    public async Task Files_WithoutACodec_ReadPngAndWriteTiff()
    {
        var files = new PhotoFiles();
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 4, 5));
        await files.SaveAsync(image, _folder["a.png"]);
        await files.SaveAsync(image, _folder["a.tiff"]);

        using ImageTensor read = await files.LoadAsync(_folder["a.png"]);
        Assert.Equal(image.Shape, read.Shape);
        Assert.Equal([".png"], files.ReadExtensions);
        Assert.Equal([".png", ".tif", ".tiff"], files.WriteExtensions);
        var exception = await Assert.ThrowsAsync<ImageFileException>(() => files.LoadAsync(_folder["a.tiff"]));
        Assert.Contains("ImageRestoration.ImageSharp or ImageRestoration.NetVips", exception.Message, StringComparison.Ordinal);
        Assert.Contains("a.tiff", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NetVips_WithoutItsNativeLibrary_NamesThePackage()
    {
        Skip.If(new[] { "libvips.so.42", "libvips-42.dll", "libvips.42.dylib" }.Any(HasLibrary), "The system has libvips.");
        await new PhotoFiles(new ImageSharpCodec()).SaveAsync(ImageTensor.Create(ImageShape.Single(3, 4, 5)), _folder["a.jpg"]);

        var exception = await Assert.ThrowsAsync<BackendUnavailableException>(
            () => new PhotoFiles(new NetVipsCodec()).LoadAsync(_folder["a.jpg"]));

        Assert.Contains("NetVips.Native", exception.Message, StringComparison.Ordinal);
    }

    private static bool HasLibrary(string name)
    {
        bool loaded = NativeLibrary.TryLoad(name, out IntPtr library);
        NativeLibrary.Free(library);
        return loaded;
    }
}
