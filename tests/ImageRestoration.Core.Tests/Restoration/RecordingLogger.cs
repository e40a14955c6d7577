using Microsoft.Extensions.Logging;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Keeps every message.</summary>
internal sealed class RecordingLogger : ILogger, ILoggerFactory
{
    internal List<(LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

    internal List<string> Categories { get; } = [];

    internal LogLevel Minimum { get; init; } = LogLevel.Trace;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Entries)
        {
            Entries.Add((logLevel, formatter(state, exception), exception));
        }
    }

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Add(categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
