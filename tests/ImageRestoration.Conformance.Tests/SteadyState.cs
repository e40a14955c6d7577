namespace ImageRestoration.Tests.Conformance;

/// <summary>Counts what a call allocates once everything is warm.</summary>
internal static class SteadyState
{
    private const int Rounds = 6;
    private const int Calls = 20;

    /// <summary>
    /// Managed bytes that the whole process allocates per call, so nothing may run beside it. The pool keeps an array for each thread that gave
    /// one back, so a round may still meet a thread without one, or code that is compiled late: the best round counts.
    /// </summary>
    internal static async Task<long> BytesPerCallAsync(Func<Task> call)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                await call();
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        return least;
    }
}
