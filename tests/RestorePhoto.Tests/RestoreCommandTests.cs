using System.CommandLine;
using ImageRestoration;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using PhotoCommands;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Xunit;

namespace RestorePhoto.Tests;

public sealed class RestoreCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _text = new();
    private readonly string _model;

    public RestoreCommandTests()
    {
        // A small network of random weights: what it makes of a picture is no better, but the same on every backend.
        Network network = UNet.Create(new UNetOptions { Channels = [4, 8] });
        _model = _folder["tiny.safetensors"];
        new Model(network, NetworkWeights.Initialize(network, new SeededRandom(3)), new ModelInfo { Name = "tiny", Task = RestorationTask.Denoise }).Save(_model);
    }

    private string Text => _text.ToString();

    public void Dispose()
    {
        _folder.Dispose();
        _text.Dispose();
    }

    [Fact]
    public async Task Invoke_FilesAndFolders_RestoresAll()
    {
        string file = await _folder.WritePhotoAsync("one.png", 33, 47);
        await _folder.WritePhotoAsync("more/two.jpg");
        await _folder.WritePhotoAsync("more/deep/three.png");
        int exit = await InvokeAsync(file, _folder["more"], "--recursive", "--output", _folder["out"], "--model", _model, "--threads", "1");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(["out/deep/three.png", "out/one.png", "out/two.jpg"], _folder.Files.Where(name => name.StartsWith("out/", StringComparison.Ordinal)));
        Assert.Contains("47×33", Text, StringComparison.Ordinal);
        Assert.Contains("3 restored, 0 failed", Text, StringComparison.Ordinal);
        using ImageTensor before = await ImageFile.LoadAsync(file);
        using ImageTensor after = await ImageFile.LoadAsync(_folder["out/one.png"]);
        Assert.Equal(before.Shape, after.Shape);
        Assert.False(before.Span.SequenceEqual(after.Span));
    }

    [Fact]
    public async Task Invoke_AnyBackendAndOnnxFile_MakeTheSamePicture()
    {
        string file = await _folder.WritePhotoAsync("one.png", 33, 47);
        OnnxExporter.Export(Model.Load(_model), _folder["tiny.onnx"]);
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["onnx"], "--model", _model, "--backend", "onnx"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["torch"], "--model", _model, "--backend", "torch"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["file"], "--model", _folder["tiny.onnx"]));
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["managed"], "--model", _model));

        using ImageTensor onnx = await ImageFile.LoadAsync(_folder["onnx/one.png"]);
        using ImageTensor torch = await ImageFile.LoadAsync(_folder["torch/one.png"]);
        using ImageTensor managed = await ImageFile.LoadAsync(_folder["managed/one.png"]);
        using ImageTensor exported = await ImageFile.LoadAsync(_folder["file/one.png"]);
        for (int i = 0; i < onnx.Span.Length; i++)
        {
            // One level of 8 bits: the backends' values may lie on either side of a rounding border.
            Assert.InRange(torch.Span[i] - onnx.Span[i], -1.01f / 255, 1.01f / 255);
            Assert.InRange(managed.Span[i] - onnx.Span[i], -1.01f / 255, 1.01f / 255);
            Assert.Equal(onnx.Span[i], exported.Span[i]);
        }
    }

    [Fact]
    public async Task Invoke_PhotographsThatFail_AreReportedAndTheRestGoesOn()
    {
        string good = await _folder.WritePhotoAsync("good.png");
        string cut = await _folder.WritePhotoAsync("cut.jpg");
        byte[] bytes = await File.ReadAllBytesAsync(cut);
        await File.WriteAllBytesAsync(cut, bytes.AsMemory(0, bytes.Length / 2));
        int exit = await InvokeAsync(cut, _folder["missing.png"], good, "--output", _folder["out"], "--model", _model);

        Assert.Equal(ExitCode.Failed, exit);
        Assert.Equal(["out/good.png"], _folder.Files.Where(name => name.StartsWith("out/", StringComparison.Ordinal)));
        Assert.Contains("truncated", Text, StringComparison.Ordinal);
        Assert.Contains("does not exist", Text, StringComparison.Ordinal);
        Assert.Contains("1 restored, 2 failed", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_FormatAlphaAndMask_AreTaken()
    {
        Directory.CreateDirectory(_folder["in"]);
        using var transparent = new Image<Rgba32>(32, 24, new Rgba32(90, 60, 30, 128));
        await transparent.SaveAsPngAsync(_folder["in/one.png"]);

        using var black = new Image<L8>(32, 24);
        await black.SaveAsPngAsync(_folder["mask.png"]);
        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["in"], "--output", _folder["tiff"], "--model", _model, "--format", ".tiff", "--parallel", "2"));
        Assert.Equal(ExitCode.Failed, await InvokeAsync(_folder["in"], "--output", _folder["jpg"], "--model", _model, "--format", ".jpg"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["in"], "--output", _folder["opaque"], "--model", _model, "--format", ".jpg", "--alpha", "discard"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["in"], "--output", _folder["masked"], "--model", _model, "--mask", _folder["mask.png"]));

        using Image<Rgba32> tiff = await Image.LoadAsync<Rgba32>(_folder["tiff/one.tiff"]);
        using Image<Rgba32> masked = await Image.LoadAsync<Rgba32>(_folder["masked/one.png"]);
        Assert.Equal(128, tiff[31, 23].A);
        Assert.NotEqual(new Rgba32(90, 60, 30, 128), tiff[31, 23]);
        Assert.Equal(new Rgba32(90, 60, 30, 128), masked[31, 23]);
        Assert.Contains("AlphaHandling.Discard", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_OutputIsTheInputFolder_KeepsTheInputs()
    {
        string file = await _folder.WritePhotoAsync("in/one.png");
        byte[] before = await File.ReadAllBytesAsync(file);
        int exit = await InvokeAsync(_folder["in"], "--output", _folder["in"], "--overwrite", "--model", _model);

        Assert.Equal(ExitCode.Failed, exit);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Theory]
    [InlineData("denoise", RestorationTask.Denoise)]
    [InlineData("deblock", RestorationTask.Deblock)]
    [InlineData("inpaint", RestorationTask.Inpaint)]
    [InlineData("brighten", RestorationTask.Brighten)]
    public async Task Invoke_Task_TakesTheBundledModelOrSaysThatThereIsNone(string task, RestorationTask expected)
    {
        string file = await _folder.WritePhotoAsync("one.png");
        using var dot = new Image<L8>(32, 24) { [8, 8] = new L8(255) };
        await dot.SaveAsPngAsync(_folder["mask.png"]);
        int exit = await InvokeAsync(file, "--output", _folder["out"], "--task", task, "--fast", "--mask", _folder["mask.png"]);

        if (PretrainedModels.All.Any(model => model.Task == expected))
        {
            Assert.Equal(ExitCode.Done, exit);
            Assert.Contains(PretrainedModels.For(expected, ModelSize.Fast).Name + " on ", Text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(ExitCode.Failed, exit);
            Assert.Contains($"no pretrained model for the task {expected}", Text, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["out"]));
        }
    }

    [Fact]
    public async Task Invoke_StrengthAsNumber_BlendsWithThePhotograph()
    {
        string file = await _folder.WritePhotoAsync("one.png", 33, 47);
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["all"], "--model", _model));
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["half"], "--model", _model, "--strength", "0.5"));
        Assert.Equal(ExitCode.Done, await InvokeAsync(file, "--output", _folder["none"], "--model", _model, "--strength", "0"));
        using ImageTensor before = await ImageFile.LoadAsync(file);
        using ImageTensor all = await ImageFile.LoadAsync(_folder["all/one.png"]);
        using ImageTensor half = await ImageFile.LoadAsync(_folder["half/one.png"]);
        using ImageTensor none = await ImageFile.LoadAsync(_folder["none/one.png"]);
        Assert.Equal(before.Span.ToArray(), none.Span.ToArray());
        Assert.NotEqual(before.Span.ToArray(), all.Span.ToArray());
        for (int i = 0; i < half.Span.Length; i++)
        {
            Assert.Equal((before.Span[i] + all.Span[i]) / 2, half.Span[i], 1.1f / 255);
        }

        Assert.DoesNotContain("noise", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Exposure_MakesBrightenedPhotographsBrighterOrDarker()
    {
        using ImageTensor dark = ImageTensor.CreateUninitialized(ImageShape.Single(3, 64, 80));
        for (int i = 0; i < dark.Span.Length; i++)
        {
            dark.Span[i] = i % 31 / 255f;
        }

        string file = _folder["dark.png"];
        await ImageFile.SaveAsync(dark, file);
        var means = new List<float>();
        foreach (string stops in new[] { "-1", "0", "1" })
        {
            string[] arguments = [file, "--output", _folder[$"out{stops}"], "--task", "brighten", "--fast", "--exposure", stops];
            Assert.Equal(ExitCode.Done, await InvokeAsync(arguments));
            using ImageTensor result = await ImageFile.LoadAsync(_folder[$"out{stops}/dark.png"]);
            means.Add(System.Numerics.Tensors.TensorPrimitives.Average<float>(result.Span));
        }

        Assert.True(means[0] < means[1] - 0.05f && means[1] < means[2] - 0.05f, string.Join(", ", means));
        Assert.Equal(ExitCode.Failed, await InvokeAsync(file, "--output", _folder["other"], "--fast", "--exposure", "1"));
        Assert.Contains("--task brighten", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_StrengthAuto_KeepsCleanPhotographsAndSaysHowNoisyTheyWere()
    {
        using ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(3, 128, 160));
        picture.Span.Fill(0.5f);
        Directory.CreateDirectory(_folder["in"]);
        await ImageFile.SaveAsync(picture, _folder["in/clean.png"]);
        new GaussianNoise(20).Apply(picture, new SeededRandom(1));
        picture.Clamp();
        await ImageFile.SaveAsync(picture, _folder["in/noisy.png"]);
        Assert.Equal(ExitCode.Done, await InvokeAsync(_folder["in"], "--output", _folder["out"], "--fast", "--strength", "auto"));

        using ImageTensor clean = await ImageFile.LoadAsync(_folder["in/clean.png"]);
        using ImageTensor kept = await ImageFile.LoadAsync(_folder["out/clean.png"]);
        using ImageTensor restored = await ImageFile.LoadAsync(_folder["out/noisy.png"]);
        Assert.Equal(clean.Span.ToArray(), kept.Span.ToArray());
        Assert.True(Psnr.Compute(clean, restored) > 32, $"{Psnr.Compute(clean, restored):F2} dB");
        Assert.Contains("clean.png: noise 0.0, channels' correlation 0.00; strength 0.00", Text, StringComparison.Ordinal);
        Assert.Contains("; strength 1.00", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_StrengthAutoForAnotherTask_IsRefused()
    {
        string file = await _folder.WritePhotoAsync("one.png");
        string[] arguments = [file, "--output", _folder["out"], "--task", "deblock", "--fast", "--strength", "auto"];
        Assert.Equal(ExitCode.Failed, await InvokeAsync(arguments));
        Assert.Contains("Give a number from 0 to 1", Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Theory]
    [InlineData]
    [InlineData("--task", "denoise")]
    [InlineData("--model", "denoise-color")]
    public async Task Invoke_DefaultTaskOrModel_IsDenoiseColor(params string[] arguments)
    {
        string file = await _folder.WritePhotoAsync("one.png");

        Assert.Equal(ExitCode.Done, await InvokeAsync([file, "--output", _folder["out"], .. arguments]));
        Assert.Contains("denoise-color on ", Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--task", "inpaint")]
    [InlineData("--model", "inpaint-color-fast")]
    public async Task Invoke_InpaintingWithoutMask_SaysWhatIsNeeded(params string[] arguments)
    {
        string file = await _folder.WritePhotoAsync("one.png");

        Assert.Equal(ExitCode.Failed, await InvokeAsync([file, "--output", _folder["out"], .. arguments]));
        Assert.Contains("--mask FILE", Text, StringComparison.Ordinal);
        Assert.Contains("samples/InpaintPhoto", Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Theory]
    [InlineData("no-such-model", "denoise-color")]
    [InlineData("missing.safetensors", "missing.safetensors")]
    [InlineData("missing.onnx", "missing.onnx")]
    public async Task Invoke_WrongModel_SaysWhatIsWrong(string model, string expected)
    {
        string file = await _folder.WritePhotoAsync("one.png");

        Assert.Equal(ExitCode.Failed, await InvokeAsync(file, "--output", _folder["out"], "--model", model));
        Assert.Contains(expected, Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task Invoke_OnnxFileOnTorch_IsRefused()
    {
        string file = await _folder.WritePhotoAsync("one.png");

        Assert.Equal(ExitCode.Failed, await InvokeAsync(file, "--output", _folder["out"], "--model", "any.onnx", "--backend", "torch"));
        Assert.Contains("--backend onnx", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Cancelled_WritesNothing()
    {
        string file = await _folder.WritePhotoAsync("one.png");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        Assert.Equal(ExitCode.Cancelled, await InvokeAsync(source.Token, file, "--output", _folder["out"], "--model", _model));
        Assert.DoesNotContain(_folder.Files, name => name.StartsWith("out/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_CancelledAtTheSecondPhotograph_KeepsTheFirstAlone()
    {
        string[] inputs = [await _folder.WritePhotoAsync("one.png"), await _folder.WritePhotoAsync("two.png"), await _folder.WritePhotoAsync("three.png")];
        using var source = new CancellationTokenSource();
        using var restorer = new CancellingRestorer(source, callsBefore: 1);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec(), leaveOpen: true);
        var run = new PhotoRun(TestConsole.Create(_text), photos, restorer.Info, _folder["out"]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(inputs, new PhotoBatchOptions { MaximumParallelism = 1 }, source.Token));
        Assert.Equal(["out/one.png"], _folder.Files.Where(name => name.StartsWith("out/", StringComparison.Ordinal)));
        Assert.Contains("1 restored, 0 failed", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_WrongArguments_AreRefused()
    {
        string file = await _folder.WritePhotoAsync("one.png");
        foreach (string[] arguments in new string[][] { [file], ["--output", "out"], [file, "--output", "out", "--backend", "magic"], [file, "--output", "out", "--threads", "0"], [file, "--output", "out", "--format", ".gif"], [file, "--output", "out", "--alpha", "magic"], [file, "--output", "out", "--parallel", "0"], [file, "--output", "out", "--task", "magic"], [file, "--output", "out", "--task", "denoise", "--model", "denoise-color"], [file, "--output", "out", "--fast", "--model", "denoise-color"], [file, "--output", "out", "--strength", "1.1"], [file, "--output", "out", "--strength", "NaN"], [file, "--output", "out", "--strength", "some"], [file, "--output", "out", "--exposure", "11"] })
        {
            Assert.NotEmpty(RestoreCommand.Create(TestConsole.Create(_text)).Parse(arguments).Errors);
        }

        Assert.Empty(RestoreCommand.Create(TestConsole.Create(_text)).Parse([file, "--output", "out", "--threads", "2"]).Errors);
    }

    private Task<int> InvokeAsync(params string[] arguments) => InvokeAsync(CancellationToken.None, arguments);

    private Task<int> InvokeAsync(CancellationToken cancellationToken, params string[] arguments)
        => RestoreCommand.Create(TestConsole.Create(_text)).Parse(arguments).InvokeAsync(cancellationToken: cancellationToken);

    /// <summary>Passes pictures on as they are, and cancels instead after some.</summary>
    private sealed class CancellingRestorer(CancellationTokenSource source, int callsBefore) : IRestorer
    {
        private int _calls;

        public RestorerInfo Info { get; } = new("cancelling", RestorationTask.Other, 3, TakesMask: false, "test", "cpu");

        public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (_calls++ == callsBefore)
            {
                source.Cancel();
            }

            // As a backend that does not look at the token: what it makes must not be written.
            return Task.FromResult(new RestorationResult(request.Image.Clone(), TimeSpan.Zero));
        }

        public void Dispose()
        {
        }
    }
}
