using System.Buffers;
using ImageRestoration.Imaging;

namespace ImageRestoration.Managed;

/// <summary>
/// What one run needs beside the plan: an arena, the pinned inputs and outputs, the threads' meeting point. Used by one run at a time.
/// </summary>
internal sealed unsafe class RunContext
{
    private readonly MemoryHandle[] _inputs;
    private readonly MemoryHandle[] _outputs;
    private readonly int[] _rented;
    private readonly Arena[] _scratch;
    private Arena _arena = new(0);

    internal RunContext(int inputs, int outputs, int threads)
    {
        _inputs = new MemoryHandle[inputs];
        _outputs = new MemoryHandle[outputs];
        _rented = new int[threads];
        _scratch = new Arena[threads];
        Array.Fill(_scratch, _arena);
        Scheduler = new TileScheduler(this, threads);
    }

    internal TileScheduler Scheduler { get; }

    internal float* Arena => _arena.Start;

    internal float* Input(int index) => (float*)_inputs[index].Pointer;

    internal float* Output(int index) => (float*)_outputs[index].Pointer;

    /// <summary>Runs all steps of a plan.</summary>
    internal void Run(
        ExecutionPlan plan, ReadOnlySpan<ImageTensor> inputs, ReadOnlySpan<ImageTensor> outputs, CancellationToken cancellationToken)
    {
        if (_arena.Length < plan.ArenaLength)
        {
            // The old one is freed first: a larger picture must not need both at once.
            _arena = new Arena(0);
            _arena = new Arena(plan.ArenaLength);
        }

        GrowScratch(plan.ScratchLength);
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                _inputs[i] = inputs[i].Memory.Pin();
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                _outputs[i] = outputs[i].Memory.Pin();
            }

            Scheduler.Run(plan.Steps, cancellationToken);
        }
        finally
        {
            Unpin(_inputs);
            Unpin(_outputs);
        }
    }

    /// <summary>Gives a thread the memory it needs for a tile; never more threads than there are take part in a run.</summary>
    /// <param name="start">First float.</param>
    /// <returns>Number to give it back by.</returns>
    internal int RentScratch(out float* start)
    {
        for (int slot = 0; slot < _rented.Length; slot++)
        {
            if (Interlocked.Exchange(ref _rented[slot], 1) == 0)
            {
                start = _scratch[slot].Start;
                return slot;
            }
        }

        throw new InvalidOperationException($"More than {_rented.Length} threads take part in a run.");
    }

    internal void ReturnScratch(int slot) => Volatile.Write(ref _rented[slot], 0);

    private void GrowScratch(long floats)
    {
        for (int slot = 0; slot < _scratch.Length; slot++)
        {
            if (_scratch[slot].Length < floats)
            {
                _scratch[slot] = new Arena(floats);
            }
        }
    }

    private static void Unpin(MemoryHandle[] handles)
    {
        foreach (ref MemoryHandle handle in handles.AsSpan())
        {
            handle.Dispose();
            handle = default;
        }
    }
}
