using ImageRestoration;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Models;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using PhotoCommands;
using RestorePhoto.Tests;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace InpaintPhoto.Tests;

public sealed partial class InpaintCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _text = new();

    private string Text => _text.ToString();

    public void Dispose()
    {
        _folder.Dispose();
        _text.Dispose();
    }

    [Theory]
    [InlineData("biharmonic")]
    [InlineData("linear")]
    [InlineData("nearest")]
    [InlineData("patchmatch")]
    [InlineData("telea")]
    [InlineData(null)]
    public async Task Invoke_MaskPicture_FillsWhatIsBrightAlone(string? model)
    {
        string photo = await _folder.WritePhotoAsync("in/one.png");
        var mask = new Mask(24, 32);
        for (int row = 8; row < 14; row++)
        {
            mask.Row(row).Slice(10, 9).Fill(1);
        }

        await SaveMaskAsync("mask.png", mask);
        Assert.Equal(ExitCode.Done, await InvokeAsync([photo, "--output", _folder["out"], "--mask", _folder["mask.png"], .. model is null ? Array.Empty<string>() : ["--model", model]]));

        Assert.Equal(["in/one.png", "mask.png", "out/one.png"], _folder.Files);
        await CheckKnownPixelsAsync(photo, _folder["out/one.png"], mask);
        Assert.Contains(model ?? PretrainedModels.For(RestorationTask.Inpaint).Name, Text, StringComparison.Ordinal);
        using ImageTensor before = await ImageFile.LoadAsync(photo);
        using ImageTensor after = await ImageFile.LoadAsync(_folder["out/one.png"]);

        // Waves of five pixels over a gradient: whoever looks around the hole comes within a few tenths; black would be 5 dB.
        Assert.InRange(Psnr.Compute(before, after, mask), 8, 60);
    }

    [Theory]
    [InlineData("magenta", 0, 0)]
    [InlineData("FF00FF", 0, 0)]
    [InlineData("#ff00fa:5", 0, 0)]
    [InlineData("magenta", 0, 2)]
    [InlineData("fa05fa:5", 4, 1)]
    public async Task Invoke_ColorKey_FillsThatColour(string key, int off, int grow)
    {
        using (var image = new Image<Rgb24>(40, 30, new Rgb24(40, 90, 60)))
        {
            image[5, 4] = new Rgb24((byte)(255 - off), (byte)off, (byte)(255 - off));
            image[39, 29] = new Rgb24((byte)(255 - off), (byte)off, 255);
            await image.SaveAsPngAsync(_folder["one.png"]);
        }

        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["one.png"], "--output", _folder["out"], "--key", key, "--grow", $"{grow}", "--model", "nearest"));

        using Image<Rgb24> result = await Image.LoadAsync<Rgb24>(_folder["out/one.png"]);
        Assert.All(Enumerable.Range(0, 1200), i => Assert.Equal(new Rgb24(40, 90, 60), result[i % 40, i / 40]));
    }

    [Fact]
    public async Task Invoke_GrownKey_FillsTheEdgesToo()
    {
        using (var image = new Image<Rgb24>(9, 9, new Rgb24(40, 90, 60)) { [4, 4] = new Rgb24(255, 0, 255), [4, 3] = new Rgb24(160, 40, 160), [4, 6] = new Rgb24(1, 1, 1) })
        {
            await image.SaveAsPngAsync(_folder["one.png"]);
        }

        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["one.png"], "--output", _folder["out"], "--key", "magenta", "--grow", "1", "--model", "nearest"));

        using Image<Rgb24> result = await Image.LoadAsync<Rgb24>(_folder["out/one.png"]);
        Assert.Equal(new Rgb24(40, 90, 60), result[4, 4]);
        Assert.Equal(new Rgb24(40, 90, 60), result[4, 3]);
        Assert.Equal(new Rgb24(1, 1, 1), result[4, 6]);
    }

    [Fact]
    public async Task Invoke_Transparent_BecomesOpaqueAndNothingElseChanges()
    {
        using (var image = new Image<Rgba32>(8, 6, new Rgba32(40, 90, 60, 255)) { [2, 2] = new Rgba32(1, 2, 3, 0), [5, 5] = new Rgba32(9, 8, 7, 200) })
        {
            await image.SaveAsPngAsync(_folder["one.png"]);
        }

        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["one.png"], "--output", _folder["out"], "--transparent", "--model", "nearest"));

        using Image<Rgba32> result = await Image.LoadAsync<Rgba32>(_folder["out/one.png"]);
        Assert.Equal(new Rgba32(40, 90, 60, 255), result[2, 2]);
        Assert.Equal(new Rgba32(9, 8, 7, 200), result[5, 5]);
    }

    [Fact]
    public async Task Invoke_SixteenBits_KeepsEveryKnownValue()
    {
        using (var image = new Image<Rgb48>(48, 40))
        {
            for (int i = 0; i < 48 * 40; i++)
            {
                image[i % 48, i / 48] = new Rgb48((ushort)(i * 31), (ushort)(i * 17), (ushort)(60000 - (i * 7)));
            }

            await image.SaveAsPngAsync(_folder["deep.png"], new SixLabors.ImageSharp.Formats.Png.PngEncoder { BitDepth = SixLabors.ImageSharp.Formats.Png.PngBitDepth.Bit16, ColorType = SixLabors.ImageSharp.Formats.Png.PngColorType.Rgb });
        }

        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["deep.png"], "--output", _folder["out"], "--strategy", "points:0.5"));

        Mask mask = new PointMaskStrategy(0.5).Create(40, 48, new SeededRandom(1));
        using Image<Rgb48> before = await Image.LoadAsync<Rgb48>(_folder["deep.png"]);
        using Image<Rgb48> after = await Image.LoadAsync<Rgb48>(_folder["out/deep.png"]);
        using Image<Rgb48> holes = await Image.LoadAsync<Rgb48>(_folder["out/deep-holes.png"]);
        Assert.All(Enumerable.Range(0, 48 * 40).Where(i => !mask[i / 48, i % 48]), i => Assert.Equal((before[i % 48, i / 48], before[i % 48, i / 48]), (after[i % 48, i / 48], holes[i % 48, i / 48])));
        Assert.Contains(Enumerable.Range(0, 48 * 40), i => after[i % 48, i / 48].R % 257 != 0);
    }

    [Theory]
    [InlineData("free-form")]
    [InlineData("region")]
    [InlineData("points")]
    [InlineData("points:0.3")]
    [InlineData("border")]
    [InlineData("scratch")]
    public async Task Invoke_Pattern_WritesTheHolesAndTheirScore(string pattern)
    {
        string photo = await _folder.WritePhotoAsync("one.png", 60, 80);
        Assert.Equal(ExitCode.Done, await InvokeAsync(photo, "--output", _folder["out"], "--strategy", pattern, "--seed", "3", "--model", "nearest"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(photo, "--output", _folder["other"], "--strategy", pattern, "--seed", "4", "--model", "nearest"));

        Mask mask = MissingPart.FromPattern(pattern, 3).Pattern!.Create(60, 80, new SeededRandom(3));
        await CheckKnownPixelsAsync(photo, _folder["out/one.png"], mask);
        await CheckKnownPixelsAsync(photo, _folder["out/one-holes.png"], mask);
        using ImageTensor truth = await ImageFile.LoadAsync(photo);
        using ImageTensor result = await ImageFile.LoadAsync(_folder["out/one.png"]);
        using ImageTensor holes = await ImageFile.LoadAsync(_folder["out/one-holes.png"]);
        using ImageTensor others = await ImageFile.LoadAsync(_folder["other/one-holes.png"]);
        Assert.All(Enumerable.Range(0, 60 * 80).Where(i => mask.Values[i] != 0), i => Assert.Equal(0, holes.Span[i]));
        Assert.False(holes.Span.SequenceEqual(others.Span));
        string[] scores = [.. Scores().Matches(Text).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, scores.Length);
        Assert.Equal(Psnr.Compute(truth, result, mask).ToString("F2", CultureInfo.InvariantCulture), scores[0]);
        Assert.Contains((100 * mask.MissingShare()).ToString("F1", CultureInfo.InvariantCulture) + " %", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_PatternOnGreyWrittenAsWebp_IsScored()
    {
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(1, 30, 40));
        grey.Span.Fill(100f / 255);
        await ImageFile.SaveAsync(grey, _folder["grey.png"]);

        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["grey.png"], "--output", _folder["out"], "--format", ".webp", "--strategy", "points", "--model", "nearest"));
        Assert.Contains(" dB", Text, StringComparison.Ordinal);
        Assert.Equal(["grey.png", "out/grey-holes.png", "out/grey.webp"], _folder.Files);
    }

    [Fact]
    public async Task Invoke_BundledModelOnAPhotograph_IsFarBetterThanTheHoles()
    {
        string photo = Path.Combine(AppContext.BaseDirectory, "photos", "seeding_by_clements_engelhardt.jpg");
        Assert.Equal(ExitCode.Done, await InvokeAsync(photo, "--output", _folder["out"], "--format", ".png", "--strategy", "points:0.5", "--fast"));

        using ImageTensor truth = await ImageFile.LoadAsync(photo);
        Mask mask = new PointMaskStrategy(0.5).Create(truth.Height, truth.Width, new SeededRandom(1));
        await CheckKnownPixelsAsync(photo, _folder["out/seeding_by_clements_engelhardt.png"], mask);
        using ImageTensor holes = await ImageFile.LoadAsync(_folder["out/seeding_by_clements_engelhardt-holes.png"]);
        double score = double.Parse(Scores().Match(Text).Groups[1].Value, CultureInfo.InvariantCulture);

        // Half of the points of a photograph tell much about the other half: at least 25 dB.
        Assert.InRange(score, Math.Max(25, Psnr.Compute(truth, holes, mask) + 10), 60);
    }

    [Fact]
    public async Task Invoke_AnyBackend_MakesTheSamePicture()
    {
        string photo = await _folder.WritePhotoAsync("one.png", 33, 47);
        foreach (string backend in new[] { "managed", "onnx", "torch" })
        {
            Assert.Equal(ExitCode.Done, await InvokeAsync(photo, "--output", _folder[backend], "--strategy", "region", "--fast", "--backend", backend, "--threads", "1"));
        }

        using ImageTensor managed = await ImageFile.LoadAsync(_folder["managed/one.png"]);
        foreach (string backend in new[] { "onnx", "torch" })
        {
            using ImageTensor other = await ImageFile.LoadAsync(_folder[$"{backend}/one.png"]);

            // One level of 8 bits: the backends' values may lie on either side of a rounding border.
            Assert.All(Enumerable.Range(0, managed.Span.Length), i => Assert.InRange(other.Span[i] - managed.Span[i], -1.01f / 255, 1.01f / 255));
        }
    }

    [Fact]
    public async Task Invoke_NothingMissing_IsAnErrorOfThatPhotographAlone()
    {
        await _folder.WritePhotoAsync("in/whole.png");
        using (var image = new Image<Rgba32>(8, 6, new Rgba32(40, 90, 60, 255)) { [2, 2] = new Rgba32(1, 2, 3, 0) })
        {
            await image.SaveAsPngAsync(_folder["in/holed.png"]);
        }

        Assert.Equal(ExitCode.Failed, await InvokeAsync(_folder["in"], "--output", _folder["out"], "--transparent", "--model", "nearest"));
        Assert.Contains("no pixel is transparent", Text, StringComparison.Ordinal);
        Assert.Contains("1 restored, 1 failed", Text, StringComparison.Ordinal);
        Assert.Equal(["in/holed.png", "in/whole.png", "out/holed.png"], _folder.Files);
    }

    [Fact]
    public async Task Invoke_Texture_AddsDetailToWhatIsFilledIn()
    {
        string photo = await _folder.WritePhotoAsync("one.png");
        string[] arguments = [photo, "--strategy", "region", "--model", "harmonic"];
        Assert.Equal(ExitCode.Done, await InvokeAsync([.. arguments, "--output", _folder["smooth"]]));
        Assert.DoesNotContain("harmonic+texture", Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await InvokeAsync([.. arguments, "--output", _folder["rough"], "--texture"]));

        Assert.Contains("harmonic+texture", Text, StringComparison.Ordinal);
        using ImageTensor smooth = await ImageFile.LoadAsync(_folder["smooth/one.png"]);
        using ImageTensor rough = await ImageFile.LoadAsync(_folder["rough/one.png"]);
        Assert.NotEqual(smooth.Span.ToArray(), rough.Span.ToArray());
    }

    [Fact]
    public async Task Invoke_HolesWouldReplaceAFile_KeepsIt()
    {
        string photo = await _folder.WritePhotoAsync("in/one.png");
        string named = await _folder.WritePhotoAsync("in/one-holes.png");
        byte[] before = await File.ReadAllBytesAsync(named);
        string[] arguments = ["--strategy", "region", "--model", "nearest", "--overwrite"];
        Assert.Equal(ExitCode.Failed, await InvokeAsync([photo, named, "--output", _folder["out"], .. arguments]));
        Assert.Equal(ExitCode.Failed, await InvokeAsync([photo, "--output", _folder["in"], .. arguments]));
        Assert.Equal(ExitCode.Failed, await InvokeAsync([photo, named, "--output", _folder["in"], "--format", ".tiff", .. arguments]));
        Assert.Contains("Give that photograph another name", Text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(_folder["mine"]).FullName, "one-holes.png"), "mine");
        Assert.Equal(ExitCode.Failed, await InvokeAsync([photo, "--output", _folder["mine"], .. arguments[..^1]]));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["mine/one-holes.png"]));
        Assert.Equal(before, await File.ReadAllBytesAsync(named));
    }

    [Theory]
    [InlineData("takes a mask", "--transparent", "--model", "denoise-color")]
    [InlineData("patchmatch", "--transparent", "--model", "patch-match")]
    [InlineData("missing.safetensors", "--transparent", "--model", "missing.safetensors")]
    [InlineData("ff00ff:25", "--key", "nocolour")]
    [InlineData("ff00ff:25", "--key", "magenta:300")]
    [InlineData("ff00ff:25", "--key", "magenta:1:2")]
    [InlineData("free-form", "--strategy", "dots")]
    [InlineData("free-form", "--strategy", "points:1.5")]
    public async Task Invoke_WrongValue_SaysWhatIsRight(string expected, params string[] arguments)
    {
        string photo = await _folder.WritePhotoAsync("one.png");

        Assert.Equal(ExitCode.Failed, await InvokeAsync([photo, "--output", _folder["out"], .. arguments]));
        Assert.Contains(expected, Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Theory]
    [InlineData("exactly one")]
    [InlineData("exactly one", "--mask", "mask.png", "--key", "magenta")]
    [InlineData("exactly one", "--transparent", "--strategy", "points")]
    [InlineData("--grow", "--transparent", "--grow", "-1")]
    [InlineData("--seed", "--strategy", "points", "--seed", "x")]
    [InlineData("--fast", "--transparent", "--model", "telea", "--fast")]
    public void Parse_WrongArguments_AreRefused(string expected, params string[] arguments)
    {
        ParseResult parsed = InpaintCommand.Create(TestConsole.Create(_text)).Parse(["one.png", "--output", "out", .. arguments]);

        Assert.Contains(parsed.Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoke_Cancelled_WritesNothing()
    {
        string photo = await _folder.WritePhotoAsync("one.png");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        int exit = await InpaintCommand.Create(TestConsole.Create(_text)).Parse([photo, "--output", _folder["out"], "--strategy", "points"]).InvokeAsync(cancellationToken: source.Token);
        Assert.Equal(ExitCode.Cancelled, exit);
        Assert.Equal(["one.png"], _folder.Files);
    }

    [GeneratedRegex(@"(\d+\.\d+) dB")]
    private static partial Regex Scores();

    private static async Task CheckKnownPixelsAsync(string before, string after, Mask mask)
    {
        using ImageTensor expected = await ImageFile.LoadAsync(before);
        using ImageTensor actual = await ImageFile.LoadAsync(after);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.NotEqual(0, mask.CountMissing());
        for (int i = 0; i < expected.Span.Length; i++)
        {
            if (mask.Values[i % mask.Values.Length] == 0)
            {
                Assert.Equal(expected.Span[i], actual.Span[i]);
            }
        }
    }

    private async Task SaveMaskAsync(string name, Mask mask)
    {
        using ImageTensor picture = mask.ToTensor();
        await ImageFile.SaveAsync(picture, _folder[name]);
    }

    private Task<int> InvokeAsync(params string[] arguments) => InpaintCommand.Create(TestConsole.Create(_text)).Parse(arguments).InvokeAsync();
}
