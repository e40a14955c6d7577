using System.Diagnostics;
using ImageRestoration.Imaging;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Logs around a restorer: once at <see cref="LogLevel.Information"/> what runs where; each call at <see cref="LogLevel.Debug"/>, since it
/// may be one tile of many; failures at <see cref="LogLevel.Error"/>. Pictures themselves are never logged.
/// </summary>
/// <remarks>As thread-safe as the restorer inside.</remarks>
public sealed partial class LoggingRestorer : DelegatingRestorer
{
    private readonly ILogger _logger;
    private readonly string _name;

    /// <summary>Puts logging around a restorer.</summary>
    /// <param name="inner">The restorer inside.</param>
    /// <param name="logger">Takes the messages.</param>
    /// <param name="name">What messages call the restorer; <see cref="RestorerInfo.Name"/> where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    public LoggingRestorer(IRestorer inner, ILogger logger, string? name = null, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
        _name = name ?? inner.Info.Name;
        LogReady(_name, inner.Info.Name, inner.Info.Task, inner.Info.Backend, inner.Info.Device);
    }

    /// <inheritdoc/>
    public override async Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ImageShape shape = request.Image.Shape;
        LogStart(_name, shape, request.Mask is not null);
        long start = Stopwatch.GetTimestamp();
        try
        {
            RestorationResult result = await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
            LogEnd(_name, shape, Stopwatch.GetElapsedTime(start).TotalMilliseconds, result.ComputeTime.TotalMilliseconds);
            return result;
        }
        catch (OperationCanceledException)
        {
            LogCancellation(_name, shape, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            throw;
        }
        catch (Exception e)
        {
            LogFailure(e, _name, shape);
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Restorer '{Restorer}' runs {Model} ({Task}) on {Backend}, {Device}.")]
    private partial void LogReady(string restorer, string model, RestorationTask task, string backend, string device);

    [LoggerMessage(2, LogLevel.Debug, "'{Restorer}' restores {Shape}, masked: {Masked}.")]
    private partial void LogStart(string restorer, ImageShape shape, bool masked);

    [LoggerMessage(
        3, LogLevel.Debug, "'{Restorer}' restored {Shape} in {Milliseconds:0.0} ms, {ComputeMilliseconds:0.0} ms of them computing.")]
    private partial void LogEnd(string restorer, ImageShape shape, double milliseconds, double computeMilliseconds);

    [LoggerMessage(4, LogLevel.Debug, "'{Restorer}' was cancelled after {Milliseconds:0.0} ms with {Shape}.")]
    private partial void LogCancellation(string restorer, ImageShape shape, double milliseconds);

    [LoggerMessage(5, LogLevel.Error, "'{Restorer}' failed with {Shape}.")]
    private partial void LogFailure(Exception exception, string restorer, ImageShape shape);
}
