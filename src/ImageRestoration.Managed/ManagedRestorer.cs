using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Managed;

/// <summary>Restores pictures in C# alone: no native code, any platform that .NET runs on.</summary>
/// <remarks>
/// Thread-safe and re-entrant. A call computes on threads of the pool, never on the caller's. Dispose it to let go of its buffers; runs
/// in progress finish undisturbed.
/// </remarks>
public sealed class ManagedRestorer : PaddedRestorer
{
    private readonly ManagedNetwork _network;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">A model whose network turns pictures into pictures of the same size and channels.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="TensorShapeException">
    /// The network does not keep size or channels, or takes other inputs than a picture and a mask.
    /// </exception>
    public ManagedRestorer(Model model, ManagedOptions? options = null)
        : base(Describe(model, options))
        => _network = new ManagedNetwork(model.Network, model.Weights, ManagedOptions.Validated(options), outputs: 1);

    /// <inheritdoc/>
    protected override Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
        => Task.FromResult(Run(image, mask, cancellationToken));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }
    }

    private static RestorerInfo Describe(Model model, ManagedOptions? options)
        => RestorerInfo.For(model, GraphFusion.Backend, ManagedNetwork.DeviceName) with
    {
        TileAlignment = ManagedNetwork.TileAlignmentOf(model.Network, ManagedOptions.Validated(options)),
    };

    private ImageTensor Run(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        using ImageTensor? holes = mask?.ToTensor(image.Batch);
        return holes is null ? _network.Run([image], cancellationToken)[0] : _network.Run([image, holes], cancellationToken)[0];
    }
}
