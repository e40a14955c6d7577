using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Benchmarks;

/// <summary>Pictures after the simulated JPEG compression, for the comparison with libjpeg in jpeg_parity.py: <c>--jpeg OUTPUT PICTURE…</c>.</summary>
internal static class JpegReport
{
    public const string Option = "--jpeg";

    private static readonly int[] _qualities = [5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95];

    /// <summary>Writes OUTPUT/NUMBER-QUALITY-SUBSAMPLING.png for every picture, where NUMBER is its place on the command line, from 0.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine($"Usage: {Option} OUTPUT PICTURE…");
            return 1;
        }

        for (int number = 1; number < arguments.Length; number++)
        {
            using ImageTensor original = await ImageFile.LoadAsync(arguments[number]);
            foreach (int quality in _qualities)
            {
                foreach (ChromaSubsampling subsampling in Enum.GetValues<ChromaSubsampling>())
                {
                    using ImageTensor compressed = original.Clone();
                    new JpegCompression(quality, subsampling).Apply(compressed, new SeededRandom(1));
                    string name = string.Create(CultureInfo.InvariantCulture, $"{number - 1}-{quality}-{subsampling.ToString()["Ratio".Length..]}.png");
                    await ImageFile.SaveAsync(compressed, Path.Combine(arguments[0], name));
                }
            }
        }

        return 0;
    }
}
