using ImageRestoration.ImageSharp;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Noise;

namespace ImageRestoration.Models.Tests.Quality.Noise;

public sealed class NoiseCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public NoiseCommandTests()
    {
        foreach (string name in new[] { "a.png", "b.png" })
        {
            using var picture = TestImages.CreateConstant(0.5f, channels: 3, 64, 96);
            ImageFile.SaveAsync(picture, Path.Combine(_folder.FullName, name)).GetAwaiter().GetResult();
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Invoke_Kinds_PrintsARowOfEach()
    {
        string[][] rows = await InvokeAsync("--kind", "clipped:20,jpeg:0:75:420");
        Assert.Equal(["clipped, sigma 20", "sigma 0, quality 75 4:2:0"], rows.Select(row => row[0]));
        Assert.All(rows, row => Assert.Equal(8, row.Length));
        Assert.InRange(Number(rows[0][1]), 19, 21);
        Assert.InRange(Number(rows[0][2]), 18, 22);
        Assert.InRange(Number(rows[0][3]), 18, Number(rows[0][2]));
        Assert.InRange(Number(rows[0][4]), Number(rows[0][2]), 22);
        Assert.Equal(0, Number(rows[1][2]));
    }

    [Fact]
    public async Task Invoke_Restorer_ScoresItsResultAndAutomaticStrength()
    {
        string[][] rows = await InvokeAsync(
            "--kind", "clipped:20", "--limit", "1", "--restorer", "denoise-color-fast", "--backend", "managed", "--model-error", "20");
        Assert.Equal(11, rows[0].Length);
        Assert.InRange(Number(rows[0][8]), 21, 23);
        Assert.True(Number(rows[0][9]) > 30);
        Assert.InRange(Number(rows[0][10]), Number(rows[0][8]) + 4, Number(rows[0][9]) - 4);
    }

    private static double Number(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string[][]> InvokeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        string[] all = ["--images", _folder.FullName, .. arguments];
        int exitCode = await NoiseCommand.Create().Parse(all).InvokeAsync(new() { Output = output });
        Assert.Equal(0, exitCode);
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("ms per megapixel", lines[^1], StringComparison.Ordinal);
        return [.. lines[2..^1].Select(line => line.Trim('|', ' ').Split(" | "))];
    }
}
