using System.Threading.Channels;

namespace ImageRestoration.Data;

/// <summary>Makes the batches of coming steps on a background thread while the current one is trained on, in order.</summary>
/// <remarks>One consumer. Dispose it to stop the background thread.</remarks>
public sealed class BatchPrefetcher : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<TrainingBatch> _ready;
    private readonly Task _worker;

    /// <summary>Starts to make batches.</summary>
    /// <param name="sampler">Makes the batches.</param>
    /// <param name="firstStep">First step to make.</param>
    /// <param name="endStep">Step to stop before.</param>
    /// <param name="capacity">Batches that wait at most, at least 1.</param>
    public BatchPrefetcher(PatchSampler sampler, long firstStep, long endStep, int capacity = 4)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ready = Channel.CreateBounded<TrainingBatch>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _worker = Task.Run(() => ProduceAsync(sampler, firstStep, endStep));
    }

    /// <summary>Waits for the next step's batch; the caller disposes it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ChannelClosedException">All batches were taken.</exception>
    public TrainingBatch Take(CancellationToken cancellationToken = default)
    {
        if (_ready.Reader.TryRead(out TrainingBatch? batch))
        {
            return batch;
        }

        try
        {
            return _ready.Reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException e) when (e.InnerException is { } cause)
        {
            throw new TrainingException($"A batch could not be made: {cause.Message}", cause);
        }
    }

    /// <summary>Stops the background thread and disposes the batches that were not taken.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _worker.Wait();
        while (_ready.Reader.TryRead(out TrainingBatch? batch))
        {
            batch.Dispose();
        }

        _stop.Dispose();
    }

    private async Task ProduceAsync(PatchSampler sampler, long firstStep, long endStep)
    {
        TrainingBatch? batch = null;
        try
        {
            for (long step = firstStep; step < endStep; step++)
            {
                batch = sampler.Create(step, _stop.Token);
                await _ready.Writer.WriteAsync(batch, _stop.Token).ConfigureAwait(false);
                batch = null;
            }

            _ready.Writer.Complete();
        }
        catch (OperationCanceledException)
        {
            batch?.Dispose();
            _ready.Writer.TryComplete();
        }
        catch (Exception e)
        {
            // Handed to the consumer, who gets it from Take.
            batch?.Dispose();
            _ready.Writer.TryComplete(e);
        }
    }
}
