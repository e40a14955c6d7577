using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Restorers;

/// <summary>A classical method for pictures of any channels. Such a restorer holds nothing, so each request gets one of its own.</summary>
internal sealed class ClassicalMethod : IRestorer
{
    /// <summary>What rows say computed.</summary>
    public const string Backend = "classical";

    private readonly Func<int, IRestorer> _create;

    /// <summary>Creates the method.</summary>
    /// <param name="create">Makes the restorer for a number of channels; called once here, so that wrong options are found.</param>
    public ClassicalMethod(Func<int, IRestorer> create)
    {
        _create = create;
        using IRestorer color = create(3);
        Info = color.Info with { Channels = 0 };
    }

    /// <inheritdoc/>
    public RestorerInfo Info { get; }

    /// <summary>The method with something around it.</summary>
    /// <param name="decorate">Puts a restorer around the one it is given, and owns that.</param>
    public ClassicalMethod With(Func<IRestorer, IRestorer> decorate) => new(channels => decorate(_create(channels)));

    /// <inheritdoc/>
    public async Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using IRestorer restorer = _create(request.Image.Channels);
        return await restorer.RestoreAsync(request, options, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
