namespace ImageRestoration.Numerics;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014):
/// spreads seeds that differ in few bits over all 64, which is what the state of xoshiro needs.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    public ulong Next()
    {
        _state += GoldenGamma;
        return Mix(_state);
    }

    /// <summary>Folds one more number into a hash. The order of the numbers matters.</summary>
    public static ulong Combine(ulong hash, ulong value) => Mix(hash + value + GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
