using BenchmarkDotNet.Attributes;
using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// Filling a quarter of an RGB picture with texture of its own. The structure of the texture synthesis is the harmonic surface, which costs
/// next to nothing, so that what is measured is the texture.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(2)]
[IterationCount(7)]
[MedianColumn]
public class InpaintingBenchmarks
{
    private PatchMatchRestorer? _patchMatch;
    private TextureSynthesisRestorer? _texture;
    private ImageTensor? _image;
    private RestorationRequest? _request;

    /// <summary>Height and width in pixels; the hole has half of both.</summary>
    [Params(256, 1024)]
    public int Size { get; set; }

    /// <summary>Draws the picture.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _image = SyntheticPicture.Create(Size);
        var mask = new Mask(Size, Size);
        for (int y = Size / 4; y < Size * 3 / 4; y++)
        {
            mask.Row(y).Slice(Size / 4, Size / 2).Fill(1);
        }

        _request = new RestorationRequest(_image, mask);
        _patchMatch = new PatchMatchRestorer();
        _texture = new TextureSynthesisRestorer(new HarmonicRestorer());
    }

    /// <summary>Frees restorers and picture.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _patchMatch?.Dispose();
        _texture?.Dispose();
        _image?.Dispose();
    }

    /// <summary>Patches of the picture, matched and voted on.</summary>
    [Benchmark(Baseline = true)]
    public Task PatchMatch() => RestoreAsync(_patchMatch!);

    /// <summary>Detail of the picture on a given structure.</summary>
    [Benchmark]
    public Task TextureSynthesis() => RestoreAsync(_texture!);

    private async Task RestoreAsync(IRestorer restorer)
    {
        using RestorationResult result = await restorer.RestoreAsync(_request!);
    }
}
