using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests;

/// <summary>A restorer that applies a function to every value, known or not, and says what it was given.</summary>
internal sealed class FakeRestorer(int channels, Func<float, int, float> function, bool takesMask = false) : IRestorer
{
    private readonly Lock _gate = new();

    public List<ImageShape> Requests { get; } = [];

    public List<Mask?> Masks { get; } = [];

    public Action? OnRestore { get; init; }

    public bool IsDisposed { get; private set; }

    public RestorerInfo Info { get; } = new("fake", RestorationTask.Other, channels, takesMask, "Fake", "cpu");

    public async Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        lock (_gate)
        {
            Requests.Add(request.Image.Shape);
            Masks.Add(request.Mask);
        }

        OnRestore?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Image.Channels != channels)
        {
            throw new TensorShapeException($"The image has {request.Image.Channels} channel(s); the fake takes {channels}.");
        }

        ImageTensor result = request.Image.Clone();
        for (int n = 0; n < result.Batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                foreach (ref float value in result.Plane(n, c))
                {
                    value = function(value, c);
                }
            }
        }

        return new RestorationResult(result, TimeSpan.FromMilliseconds(5));
    }

    public void Dispose() => IsDisposed = true;
}
