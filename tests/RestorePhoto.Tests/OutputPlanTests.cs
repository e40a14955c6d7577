using Xunit;

namespace RestorePhoto.Tests;

public sealed class OutputPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_FilesOfOneName_AreNumbered()
    {
        string[] inputs = [await _folder.WritePhotoAsync("a/x.png"), await _folder.WritePhotoAsync("b/x.png"), await _folder.WritePhotoAsync("c/x.png"), await _folder.WritePhotoAsync("c/x-2.png")];
        IReadOnlyList<PlannedPhoto> plan = OutputPlan.Create(inputs, _folder["out"], recursive: false, overwrite: false);

        Assert.Equal(["x.png", "x-2.png", "x-3.png", "x-2-2.png"], plan.Select(photo => Path.GetRelativePath(_folder["out"], photo.Output)));
        Assert.All(plan, photo => Assert.Null(photo.Fault));
    }

    [Fact]
    public async Task Create_Folder_TakesPhotographsAndKeepsFolders()
    {
        await _folder.WritePhotoAsync("in/b.JPG");
        await _folder.WritePhotoAsync("in/a.png");
        await _folder.WritePhotoAsync("in/deep/c.jpeg");
        await _folder.WritePhotoAsync("in/out/result-of-an-earlier-run.png");
        await File.WriteAllTextAsync(_folder["in/notes.txt"], "no photograph");
        IReadOnlyList<PlannedPhoto> flat = OutputPlan.Create([_folder["in"]], _folder["in/out"], recursive: false, overwrite: false);
        IReadOnlyList<PlannedPhoto> deep = OutputPlan.Create([_folder["in"], _folder["in/a.png"]], _folder["in/out"], recursive: true, overwrite: false);

        Assert.Equal([_folder["in/out/a.png"], _folder["in/out/b.JPG"]], flat.Select(photo => photo.Output));
        Assert.Equal([_folder["in/out/a.png"], _folder["in/out/b.JPG"], Path.Combine(_folder["in/out"], "deep", "c.jpeg")], deep.Select(photo => photo.Output));
    }

    [Fact]
    public async Task Create_OutputThatIsAnInput_IsRefusedEvenWithOverwrite()
    {
        await _folder.WritePhotoAsync("in/a.png");
        IReadOnlyList<PlannedPhoto> plan = OutputPlan.Create([_folder["in"]], _folder["in"], recursive: false, overwrite: true);

        Assert.Contains("is not replaced", Assert.Single(plan).Fault, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Create_OutputThatIsAnInputBehindALink_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Making links takes a privilege on Windows.");
        string[] inputs = [await _folder.WritePhotoAsync("a/x.png"), await _folder.WritePhotoAsync("b/deep/x.png")];
        Directory.CreateSymbolicLink(_folder["link"], _folder["b"]);
        IReadOnlyList<PlannedPhoto> plan = OutputPlan.Create(inputs, Path.Combine(_folder["link"], "deep"), recursive: false, overwrite: true);

        Assert.Contains("is not replaced", plan[0].Fault, StringComparison.Ordinal);
        Assert.Null(plan[1].Fault);
    }

    [Fact]
    public async Task Create_ExistingOutput_IsRefusedWithoutOverwrite()
    {
        string input = await _folder.WritePhotoAsync("a.png");
        await _folder.WritePhotoAsync("out/a.png");

        Assert.Contains("--overwrite", Assert.Single(OutputPlan.Create([input], _folder["out"], recursive: false, overwrite: false)).Fault, StringComparison.Ordinal);
        Assert.Null(Assert.Single(OutputPlan.Create([input], _folder["out"], recursive: false, overwrite: true)).Fault);
    }

    [Fact]
    public async Task Create_NothingToDo_IsRefused()
    {
        Directory.CreateDirectory(_folder["empty"]);
        string file = await _folder.WritePhotoAsync("a.png");

        Assert.Throws<IOException>(() => OutputPlan.Create([_folder["empty"]], _folder["out"], recursive: false, overwrite: false));
        Assert.Throws<IOException>(() => OutputPlan.Create([file], file, recursive: false, overwrite: false));
    }
}
