using System.Runtime.ExceptionServices;

namespace ImageRestoration.Managed;

/// <summary>
/// Shares the tiles of each step among threads. The calling thread always takes part, so a run ends even where the thread pool has no
/// thread to spare; helpers stay for the whole run, so that a step costs no wake-up. Allocates nothing in a run.
/// </summary>
internal sealed class TileScheduler : IThreadPoolWorkItem
{
    private const int TileBits = 24;
    private const int StepBits = 20;
    private const int NoStep = (1 << StepBits) - 1;

    /// <summary>Most tiles of a step and most steps of a plan.</summary>
    internal const int MostTiles = (1 << TileBits) - 1;
    internal const int MostSteps = NoStep - 1;
    private readonly RunContext _context;
    private readonly int _helpers;
    private Step[] _steps = [];

    /// <summary>Run, step and next tile in one word, so that no thread, however late, can take a tile of a step gone by.</summary>
    private long _ticket = Ticket(0, NoStep);
    private long _run;
    private int _finishedTiles;
    private int _presentHelpers;
    private Exception? _error;
    private CancellationToken _cancellationToken;

    internal TileScheduler(RunContext context, int threads)
    {
        _context = context;
        _helpers = threads - 1;
    }

    internal void Run(Step[] steps, CancellationToken cancellationToken)
    {
        _steps = steps;
        _error = null;
        _cancellationToken = cancellationToken;
        _run++;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int step = 0; step < steps.Length; step++)
            {
                Volatile.Write(ref _finishedTiles, 0);
                Volatile.Write(ref _ticket, Ticket(_run, step));
                if (step == 0)
                {
                    CallHelpers();
                }

                RunTiles();
                WaitForHelpers(steps[step].TileCount);
                cancellationToken.ThrowIfCancellationRequested();
                if (_error is { } error)
                {
                    ExceptionDispatchInfo.Throw(error);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _ticket, Ticket(_run, NoStep));
            _cancellationToken = CancellationToken.None;
        }
    }

    /// <summary>A helper: takes tiles until the run is over.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var wait = default(SpinWait);
        while (StepOf(Volatile.Read(ref _ticket)) != NoStep)
        {
            if (RunTiles())
            {
                wait.Reset();
            }
            else
            {
                // The others are at the step's last tiles. Sleeping here would miss the next step.
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        Interlocked.Decrement(ref _presentHelpers);
    }

    private static long Ticket(long run, int step) => (run << (StepBits + TileBits)) | ((long)step << TileBits);

    private static int StepOf(long ticket) => (int)(ticket >> TileBits) & NoStep;

    private static int TileOf(long ticket) => (int)ticket & ((1 << TileBits) - 1);

    private void CallHelpers()
    {
        // Helpers of the last run that have not gone yet serve this one.
        while (Volatile.Read(ref _presentHelpers) < _helpers)
        {
            Interlocked.Increment(ref _presentHelpers);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Runs tiles of the current step while there are any; returns whether there was one.</summary>
    private bool RunTiles()
    {
        bool any = false;
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            Step[] steps = Volatile.Read(ref _steps);
            int step = StepOf(ticket), tile = TileOf(ticket);
            if (step >= steps.Length || tile >= steps[step].TileCount)
            {
                return any;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            any = true;
            try
            {
                // A step of a large picture takes long: its tiles are skipped once nobody wants the result.
                if (!_cancellationToken.IsCancellationRequested)
                {
                    steps[step].RunTile(_context, tile);
                }
            }
            catch (Exception e)
            {
                // The caller waits for every tile; it rethrows.
                Interlocked.CompareExchange(ref _error, e, comparand: null);
            }

            Interlocked.Increment(ref _finishedTiles);
        }
    }

    private void WaitForHelpers(int tiles)
    {
        var wait = default(SpinWait);
        while (Volatile.Read(ref _finishedTiles) < tiles)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }
}
