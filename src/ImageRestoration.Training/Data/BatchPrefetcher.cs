namespace ImageRestoration.Data;

/// <summary>
/// Makes the batches of coming steps on background threads while the current one is trained on, and hands them out in order.
/// </summary>
/// <remarks>The batches are the same whatever the number of threads. One consumer. Dispose it to stop the background threads.</remarks>
public sealed class BatchPrefetcher : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Task<TrainingBatch>> _coming = new();
    private readonly TaskFactory<TrainingBatch> _factory;
    private readonly PatchSampler _sampler;
    private readonly long _endStep;
    private long _nextStep;

    /// <summary>Starts to make batches, on as many threads at a time as <see cref="PatchSamplerOptions.Threads"/> says.</summary>
    /// <param name="sampler">Makes the batches.</param>
    /// <param name="firstStep">First step to make.</param>
    /// <param name="endStep">Step to stop before.</param>
    /// <param name="capacity">Batches that wait or are being made at most, at least 1; four a thread where <see langword="null"/>.</param>
    public BatchPrefetcher(PatchSampler sampler, long firstStep, long endStep, int? capacity = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        int threads = sampler.Options.Threads, waiting = capacity ?? 4 * threads;
        ArgumentOutOfRangeException.ThrowIfLessThan(waiting, 1, nameof(capacity));
        _sampler = sampler;
        _nextStep = firstStep;
        _endStep = endStep;
        TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        _factory = new TaskFactory<TrainingBatch>(
            _stop.Token, TaskCreationOptions.DenyChildAttach, TaskContinuationOptions.None, scheduler);
        for (int i = 0; i < waiting; i++)
        {
            StartNext();
        }
    }

    /// <summary>Waits for the next step's batch; the caller disposes it.</summary>
    /// <param name="cancellationToken">Stops waiting; the batch stays the next one.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="TrainingException">The batch could not be made.</exception>
    /// <exception cref="InvalidOperationException">All batches were taken.</exception>
    public TrainingBatch Take(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        if (!_coming.TryPeek(out Task<TrainingBatch>? next))
        {
            throw new InvalidOperationException(
                Invariant($"All batches before step {_endStep} were taken. Make another prefetcher for later steps."));
        }

        TrainingBatch batch;
        try
        {
            batch = next.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new TrainingException($"A batch could not be made: {e.Message}", e);
        }

        _ = _coming.Dequeue();
        StartNext();
        return batch;
    }

    /// <summary>Stops the background threads and disposes the batches that were not taken.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        foreach (Task<TrainingBatch> batch in _coming)
        {
            // Cancelled and failed batches do not throw here: nobody waits for them any more.
            ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            if (batch.IsCompletedSuccessfully)
            {
                batch.Result.Dispose();
            }
        }

        _stop.Dispose();
    }

    private void StartNext()
    {
        if (_nextStep < _endStep)
        {
            long step = _nextStep++;
            CancellationToken token = _stop.Token;
            _coming.Enqueue(_factory.StartNew(() => _sampler.Create(step, token)));
        }
    }
}
