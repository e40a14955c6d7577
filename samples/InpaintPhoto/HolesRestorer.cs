using ImageRestoration;
using ImageRestoration.Restoration;

namespace InpaintPhoto;

/// <summary>Leaves missing pixels as a model gets them: black.</summary>
internal sealed class HolesRestorer : IRestorer
{
    public RestorerInfo Info { get; } = new("holes", RestorationTask.Inpaint, Channels: 3, TakesMask: true, "none", "cpu");

    public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));
    }

    public void Dispose()
    {
    }
}
