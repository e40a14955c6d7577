using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Tiling;

/// <summary>Runs a network with the float64 reference evaluator, and counts what it is given.</summary>
internal sealed class ReferenceRestorer(Network network, ulong seed = 1, InitialFill fill = InitialFill.Zero, bool normalizesExposure = false)
    : PaddedRestorer(RestorerInfo.For(network, network.Name, RestorationTask.Other, "Reference", "cpu") with { Fill = fill, NormalizesExposure = normalizesExposure })
{
    private readonly NetworkWeights _weights = NetworkWeights.Initialize(network, new SeededRandom(seed));

    internal Network Network => network;

    internal List<ImageShape> Given { get; } = [];

    protected override Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        Given.Add(image.Shape);
        using ImageTensor? holes = mask?.ToTensor(image.Batch);
        var inputs = new Dictionary<string, ImageTensor>(StringComparer.Ordinal) { [network.Inputs[0].Name] = image };
        if (holes is not null)
        {
            inputs.Add(network.Inputs[1].Name, holes);
        }

        return Task.FromResult(ReferenceEvaluator.Run(network, _weights, inputs, cancellationToken).Single().Value);
    }

    protected override void Dispose(bool disposing)
    {
    }
}
