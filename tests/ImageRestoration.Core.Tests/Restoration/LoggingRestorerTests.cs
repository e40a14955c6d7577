using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.Tests.Restoration;

public sealed class LoggingRestorerTests
{
    [Fact]
    public void Create_SaysOnceWhatRunsWhere()
    {
        var logger = new RecordingLogger();
        using var restorer = new LoggingRestorer(new RecordingRestorer(1), logger, "mine");

        (LogLevel level, string message, _) = Assert.Single(logger.Entries);
        Assert.Equal(LogLevel.Information, level);
        Assert.Equal("Restorer 'mine' runs recorder (Other) on Test, cpu.", message);
    }

    [Fact]
    public async Task RestoreAsync_Success_IsLoggedForDebuggingOnly()
    {
        var logger = new RecordingLogger();
        using var restorer = new LoggingRestorer(new RecordingRestorer(1), logger);
        logger.Entries.Clear();
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 3, 5), seed: 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, new Mask(3, 5)));

        Assert.Equal(image.Span.ToArray(), result.Image.Span.ToArray());
        Assert.All(logger.Entries, entry => Assert.Equal(LogLevel.Debug, entry.Level));
        Assert.Equal("'recorder' restores 1×1×3×5, masked: True.", logger.Entries[0].Message);
        Assert.Matches(@"^'recorder' restored 1×1×3×5 in \d+\.\d ms, \d+\.\d ms of them computing\.$", logger.Entries[1].Message);
        Assert.Equal(2, logger.Entries.Count);
    }

    [Fact]
    public async Task RestoreAsync_Failure_IsLoggedAsErrorAndPassedOn()
    {
        var logger = new RecordingLogger();
        var failure = new BackendException("broken");
        using var restorer = new LoggingRestorer(new RecordingRestorer(1, run: (_, _) => throw failure), logger);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        Assert.Same(failure, await Assert.ThrowsAsync<BackendException>(() => restorer.RestoreAsync(new RestorationRequest(image))));

        (LogLevel level, string message, Exception? exception) = logger.Entries[^1];
        Assert.Equal((LogLevel.Error, "'recorder' failed with 1×1×2×2."), (level, message));
        Assert.Same(failure, exception);
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_IsNoError()
    {
        var logger = new RecordingLogger();
        using var restorer = new LoggingRestorer(new RecordingRestorer(1), logger);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(LogLevel.Debug, logger.Entries[^1].Level);
        Assert.Contains("was cancelled", logger.Entries[^1].Message, StringComparison.Ordinal);
    }
}
