using ImageRestoration.Quality;
using ImageRestoration.Quality.Exchange;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class ExchangeCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Invoke_ArraysWithMask_WritesResultsAndPrintsSeconds()
    {
        float[] values = [.. Enumerable.Range(0, 3 * 16 * 20).Select(i => i % 20 / 20f)];
        byte[] mask = new byte[16 * 20];
        mask.AsSpan(5 * 20, 20).Fill(1);
        NpyFile.Write<float>(PathOf("a.image.npy"), values, 3, 16, 20);
        NpyFile.Write<byte>(PathOf("a.mask.npy"), mask, 16, 20);

        (int exitCode, string output) = await InvokeAsync(_folder.FullName, "nearest", "telea:5");

        Assert.Equal(0, exitCode);
        string[][] lines = [.. output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        Assert.Equal(["nearest", "telea:5"], lines.Select(line => line[1]));
        Assert.All(lines, line => Assert.Equal("a", line[0]));
        (float[] nearest, int[] shape) = NpyFile.Read<float>(PathOf("a.nearest.npy"));
        Assert.Equal([3, 16, 20], shape);

        // Columns are constant, so the nearest known pixel, above or below, is the lost one.
        Assert.Equal(values, nearest);
        Assert.True(File.Exists(PathOf("a.telea-5.npy")));
    }

    [Fact]
    public async Task Invoke_Estimate_PrintsTheStrengthOfTheNoise()
    {
        using var noisy = TestImages.CreateConstant(0.5f, channels: 1, 64, 64);
        new ImageRestoration.Degradation.GaussianNoise(25).Apply(noisy, new ImageRestoration.Numerics.SeededRandom(1));
        NpyFile.Write<float>(PathOf("a.image.npy"), noisy.Span, 1, 64, 64);

        (int exitCode, string output) = await InvokeAsync(_folder.FullName, "estimate");

        Assert.Equal(0, exitCode);
        Assert.InRange(double.Parse(output.Trim().Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture), 22, 28);
    }

    [Fact]
    public async Task Invoke_EmptyFolderOrWrongArray_SaysSo()
    {
        var empty = await Assert.ThrowsAsync<QualityException>(() => InvokeAsync(_folder.FullName, "nearest"));
        NpyFile.Write<byte>(PathOf("a.image.npy"), [1, 2, 3, 4], 1, 2, 2);
        var bytes = await Assert.ThrowsAsync<QualityException>(() => InvokeAsync(_folder.FullName, "estimate"));
        NpyFile.Write<float>(PathOf("a.image.npy"), [1, 2, 3, 4], 2, 2);
        var flat = await Assert.ThrowsAsync<QualityException>(() => InvokeAsync(_folder.FullName, "estimate"));

        Assert.Contains(".image.npy", empty.Message);
        Assert.Contains("<f4", bytes.Message);
        Assert.Contains("2 dimensions", flat.Message);
    }

    private static async Task<(int ExitCode, string Output)> InvokeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var command = new QualityCommand((_, _, _) => throw new InvalidOperationException("The root command ran."));
        int exitCode = await command.Root.Parse(["exchange", .. arguments]).InvokeAsync(new() { Output = output, Error = TextWriter.Null, EnableDefaultExceptionHandler = false });
        return (exitCode, output.ToString());
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
