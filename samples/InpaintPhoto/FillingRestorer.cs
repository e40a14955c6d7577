using ImageRestoration;
using ImageRestoration.Restoration;

namespace InpaintPhoto;

/// <summary>Refuses pictures in which nothing is missing: whoever wants them filled in has given another mask than they meant.</summary>
/// <param name="inner">Fills in missing pixels.</param>
/// <param name="whereNone">What to say and advise where no pixel is missing.</param>
internal sealed class FillingRestorer(IRestorer inner, string whereNone) : DelegatingRestorer(inner, leaveOpen: true)
{
    public override Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Mask is { } mask && mask.CountMissing() > 0
            ? base.RestoreAsync(request, options, cancellationToken)
            : throw new ImageRestorationException($"There is nothing to fill in: {whereNone}.");
    }
}
