using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Restorers;

/// <summary>Gives pictures back as they are: the score of the degraded input, which every restorer has to beat.</summary>
internal sealed class UnchangedRestorer : IRestorer
{
    /// <inheritdoc/>
    public RestorerInfo Info { get; } = new("none", RestorationTask.Other, Channels: 0, TakesMask: false, "none", "cpu");

    /// <inheritdoc/>
    public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
