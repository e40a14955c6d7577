using ImageRestoration.Degradation;
using ImageRestoration.Quality;

namespace ImageRestoration.Models.Tests.Quality;

public sealed class QualityCommandTests
{
    private static readonly string[] Complete = ["--task", "denoise", "--images", "pictures", "--restorer", "denoise-color"];

    [Fact]
    public async Task Invoke_AllOptions_ArriveAsGiven()
    {
        (int exitCode, EvaluationOptions? options, FileInfo? json, _) = await InvokeAsync(
            [.. Complete, "--sigma", "15,25.5,50", "--backend", "torch", "--json", "rows.json", "--limit", "3", "--seed", "-4", "--threads", "2"]);

        Assert.Equal(0, exitCode);
        Assert.NotNull(options);
        Assert.Equal(("denoise", "pictures", "torch"), (options.Task, options.Images, options.Backend));
        Assert.Equal(["denoise-color"], options.Restorers);
        Assert.Equal([15, 25.5, 50], options.Sigmas);
        Assert.Equal((3, -4L, 2), (options.Limit, options.Seed, options.Threads));
        Assert.Equal("rows.json", json?.Name);
    }

    [Fact]
    public async Task Invoke_OnlyWhatIsRequired_HasTheStatedDefaults()
    {
        (int exitCode, EvaluationOptions? options, FileInfo? json, _) = await InvokeAsync(Complete);

        Assert.Equal(0, exitCode);
        Assert.NotNull(options);
        Assert.Equal(("onnx", 0L, null, null), (options.Backend, options.Seed, options.Limit, options.Threads));
        Assert.Empty(options.Sigmas);
        Assert.Null(json);
    }

    [Fact]
    public async Task Invoke_OptionsOfEveryTask_ArriveAsGiven()
    {
        (int exitCode, EvaluationOptions? options, _, string errors) = await InvokeAsync(
            ["--task", "deblock", "--images", "pictures", "--restorer", "none,telea:5", "--quality", "10,40", "--subsampling", "444", "--mask", "free-form,points:0.5", "--stops", "-1,-3.5", "--sensor", "0.01:0.0004,0:0.001"]);

        Assert.Equal(string.Empty, errors);
        Assert.Equal(0, exitCode);
        Assert.NotNull(options);
        Assert.Equal(["none", "telea:5"], options.Restorers);
        Assert.Equal([10, 40], options.Qualities);
        Assert.Equal(ChromaSubsampling.Ratio444, options.Subsampling);
        Assert.Equal(["free-form", "points:0.5"], options.Masks);
        Assert.Equal([-1, -3.5], options.Stops);
        Assert.Equal([new(0.01, 0.0004), new(0, 0.001)], options.Sensors);
    }

    [Theory]
    [InlineData("'fifteen'", "--sigma", "fifteen")]
    [InlineData("'-1'", "--sigma=-1")]
    [InlineData("'NaN'", "--sigma", "25,NaN")]
    [InlineData("'256'", "--sigma", "256")]
    [InlineData("'0.01'", "--sensor", "0.01")]
    [InlineData("'0.01:2'", "--sensor", "0.01:2")]
    [InlineData("'0'", "--quality", "10,0")]
    [InlineData("'10.5'", "--quality", "10.5")]
    [InlineData("'422'", "--subsampling", "422")]
    [InlineData("'dark'", "--stops", "dark")]
    [InlineData("'-21'", "--stops=-21")]
    [InlineData("empty name", "--mask", "points,,region")]
    [InlineData("--limit is 0", "--limit", "0")]
    [InlineData("--threads is -2", "--threads", "-2")]
    [InlineData("'cuda'", "--backend", "cuda")]
    [InlineData("--surprise", "--surprise")]
    public async Task Invoke_UnfitOption_SaysWhichAndFails(string message, params string[] arguments)
    {
        (int exitCode, EvaluationOptions? options, _, string errors) = await InvokeAsync([.. Complete, .. arguments]);

        Assert.NotEqual(0, exitCode);
        Assert.Null(options);
        Assert.Contains(message, errors);
    }

    [Theory]
    [InlineData("--task")]
    [InlineData("--images")]
    [InlineData("--restorer")]
    public async Task Invoke_RequiredOptionMissing_SaysWhichAndFails(string option)
    {
        int position = Array.IndexOf(Complete, option);

        (int exitCode, EvaluationOptions? options, _, string errors) = await InvokeAsync([.. Complete[..position], .. Complete[(position + 2)..]]);

        Assert.NotEqual(0, exitCode);
        Assert.Null(options);
        Assert.Contains(option, errors);
    }

    private static async Task<(int ExitCode, EvaluationOptions? Options, FileInfo? Json, string Errors)> InvokeAsync(string[] arguments)
    {
        EvaluationOptions? given = null;
        FileInfo? file = null;
        using var errors = new StringWriter();
        var command = new QualityCommand((options, json, _) =>
        {
            (given, file) = (options, json);
            return Task.FromResult(0);
        });
        int exitCode = await command.Root.Parse(arguments).InvokeAsync(new() { Error = errors, Output = TextWriter.Null });
        return (exitCode, given, file, errors.ToString());
    }
}
