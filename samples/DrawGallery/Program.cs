using DrawGallery;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.IO;
using ImageRestoration.Photos;

if (args.Length > 1 || args is [['-', ..]])
{
    Console.Error.WriteLine(
        "usage: DrawGallery [DIR]   draws DIR/gallery/*.jpg, DIR/images/holes.jpg and restored.jpg, writes DIR/gallery.md; DIR is docs where not given");
    return 2;
}

string folder = args.Length == 1 ? args[0] : "docs";
try
{
    var options = new ImageSaveOptions { JpegQuality = GalleryPage.JpegQuality };
    Directory.CreateDirectory(Path.Combine(folder, GalleryPage.PictureFolder));
    using Gallery gallery = await Gallery.LoadAsync();
    foreach (GallerySection section in gallery.Sections)
    {
        using (ImageTensor picture = section.DrawPicture())
        {
            await ImageFile.SaveAsync(picture, Path.Combine(folder, section.File), options);
        }

        foreach (GalleryEntry entry in section.Entries)
        {
            using ImageTensor picture = await entry.DrawAsync(section);
            await ImageFile.SaveAsync(picture, Path.Combine(folder, section.FileOf(entry)), options);
        }

        Console.WriteLine($"{section.Title}: {section.Entries.Count} entries");
    }

    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, HoleSheet.File))!);
    using (ImageTensor sheet = await HoleSheet.DrawAsync())
    {
        await ImageFile.SaveAsync(sheet, Path.Combine(folder, HoleSheet.File), options);
    }

    using (ImageTensor sheet = await RestoredSheet.DrawAsync())
    {
        await ImageFile.SaveAsync(sheet, Path.Combine(folder, RestoredSheet.File), options);
    }

    await AtomicFile.WriteAsync(Path.Combine(folder, "gallery.md"), async stream =>
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await writer.WriteAsync(GalleryPage.Create(gallery));
    });
    return 0;
}
catch (Exception e) when (e is ImageRestorationException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
