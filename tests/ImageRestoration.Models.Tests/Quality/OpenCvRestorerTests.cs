using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Suite;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class OpenCvRestorerTests
{
    [Fact]
    public void Start_NoSuchProgram_SaysWhatToGive()
        => Assert.Contains("--opencv", Assert.Throws<QualityException>(() => OpenCvRestorer.Start("opencv-telea:3", "no-such-python", threads: null)).Message);

    [Fact]
    public async Task Restore_ProgramThatEnds_SaysSo()
    {
        using OpenCvRestorer restorer = OpenCvRestorer.Start("opencv-telea:3", "dotnet", threads: 1);
        using ImageTensor image = TestImages.CreateConstant(0.5f);

        var e = await Assert.ThrowsAsync<QualityException>(() => restorer.RestoreAsync(new RestorationRequest(image, new Mask(image.Height, image.Width))));

        Assert.Contains("opencv-telea:3", e.Message);
    }

    [Fact]
    public void Start_NonLocalMeans_RemovesNoiseAndTakesNoMask()
    {
        using OpenCvRestorer restorer = OpenCvRestorer.Start("opencv-nl-means:25", "dotnet", threads: 1);
        Assert.Equal((RestorationTask.Denoise, false), (restorer.Info.Task, restorer.Info.TakesMask));
        Assert.All(SuiteProtocol.RealEntries, entry => Assert.StartsWith(OpenCvRestorer.NonLocalMeans, Assert.Single(entry.OpenCv)));
        Assert.Equal("opencv-nl-means:5", SuiteProtocol.RealEntries.Single(entry => entry.Name == "real-photographs").OpenCv[0]);
        Assert.Equal("opencv-nl-means:10", SuiteProtocol.RealEntries.Single(entry => entry.Name == "real-files-weak").OpenCv[0]);
    }

    [Fact]
    public async Task Restore_NoMask_Throws()
    {
        using OpenCvRestorer restorer = OpenCvRestorer.Start("opencv-telea:3", "dotnet", threads: null);
        using ImageTensor image = TestImages.CreateConstant(0.5f);

        await Assert.ThrowsAsync<ArgumentException>("request", () => restorer.RestoreAsync(new RestorationRequest(image)));
    }
}
