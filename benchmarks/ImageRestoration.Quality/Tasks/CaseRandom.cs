using System.Text;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Randomness that depends on seed, case and file name alone, so that a part of a folder gets the same as the whole.</summary>
internal static class CaseRandom
{
    public static SeededRandom Create(long seed, string caseName, string fileName) => SeededRandom.ForSample(seed, Hash(caseName), Hash(fileName));

    /// <summary>64-bit FNV-1a of the text's UTF-8 bytes; .NET's own string hash differs from run to run.</summary>
    public static long Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * 1099511628211);
        }

        return unchecked((long)hash);
    }
}
