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
        Assert.Equal(("denoise", "pictures", "denoise-color", "torch"), (options.Task, options.Images, options.Restorer, options.Backend));
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

    [Theory]
    [InlineData("'fifteen'", "--sigma", "fifteen")]
    [InlineData("'-1'", "--sigma=-1")]
    [InlineData("'NaN'", "--sigma", "25,NaN")]
    [InlineData("'256'", "--sigma", "256")]
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
