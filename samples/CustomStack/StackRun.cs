using System.Globalization;
using System.Numerics.Tensors;
using ImageRestoration;
using ImageRestoration.Degradation;
using ImageRestoration.DependencyInjection;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Metrics;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomStack;

/// <summary>Registers encoders and decoders of several makes, and lets each pair denoise the same picture.</summary>
internal static class StackRun
{
    internal const string Whole = "whole";
    internal const string ManagedToOnnx = "managed-onnx";
    internal const string OnnxToManaged = "onnx-managed";
    internal const string HaarToOnnx = "haar-onnx";
    internal const string HaarToManaged = "haar-managed";
    private const double Sigma = 25;

    /// <summary>Runs all pairs.</summary>
    /// <returns>The noisy picture's decibels, those of the Haar transform there and back, and a result for each restorer.</returns>
    internal static async Task<(double Noisy, double RoundTrip, IReadOnlyList<StackResult> Results)> RunAsync(string picture, TextWriter output, CancellationToken cancellationToken)
    {
        using ImageTensor clean = await LoadAsync(picture, cancellationToken), noisy = clean.Clone();
        new GaussianNoise(Sigma).Apply(noisy, new SeededRandom(1));
        double before = Psnr.Compute(clean, noisy);
        Write(output, $"{Path.GetFileName(picture)}, {clean.Width}×{clean.Height}, with Gaussian noise of sigma {Sigma}: {before:0.00} dB");

        await using ServiceProvider services = Register();
        var restorers = services.GetRequiredService<RestorerCatalog>();
        await restorers.WarmUpAsync(cancellationToken: cancellationToken);

        var results = new List<StackResult>();
        using ImageTensor whole = await RunAsync(Whole, null);
        foreach (string name in restorers.Names.Where(name => name != Whole))
        {
            using ImageTensor restored = await RunAsync(name, whole);
        }

        double roundTrip = await RoundTripAsync(clean, cancellationToken);
        Write(output, $"Haar transform there (by hand) and back (ONNX Runtime), nothing shrunk: {roundTrip:0.0} dB to what went in");
        Write(output, $"Haar encoder with the decoder of '{PretrainedModels.DenoiseColor}': {Misfit()}");
        return (before, roundTrip, results);

        async Task<ImageTensor> RunAsync(string name, ImageTensor? reference)
        {
            IRestorer restorer = restorers.Get(name);
            RestorationResult restored = await restorer.RestoreAsync(new RestorationRequest(noisy), cancellationToken: cancellationToken);
            double psnr = Psnr.Compute(clean, restored.Image), difference = LargestDifference(reference ?? restored.Image, restored.Image);
            results.Add(new StackResult(name, restorer.Info, restored.ComputeTime.TotalSeconds, psnr, difference));
            Write(output, $"{name,-13} {restorer.Info.Backend + ", " + restorer.Info.Device,-34} {restored.ComputeTime.TotalSeconds,7:0.000} s {psnr,7:0.00} dB, {difference:0.0e+0} from '{Whole}' at most");
            return restored.Image;
        }
    }

    /// <summary>Joins what does not fit; says what the library says to that, before anything runs.</summary>
    internal static string Misfit()
    {
        using var encoder = new HaarEncoder(shrink: true);
        using var decoder = new ManagedDecoder(PretrainedModels.DenoiseColor.Load());
        try
        {
            using var restorer = new AutoencoderRestorer(encoder, decoder, RestorationTask.Denoise, leaveOpen: true);
            return "joined";
        }
        catch (TensorShapeException e)
        {
            return $"refused. {e.Message}";
        }
    }

    private static ServiceProvider Register()
    {
        var services = new ServiceCollection();
        ImageRestorationBuilder restorers = services.AddImageRestoration();
        restorers.AddOnnxRestorer(Whole, o => o.Model = _ => Pretrained());

        // One model, its halves on two backends: the latent with all skip connections crosses from one to the other.
        restorers.AddAutoencoderRestorer(ManagedToOnnx, RestorationTask.Denoise, _ => new ManagedEncoder(Pretrained()), _ => new OnnxDecoder(Pretrained()));
        restorers.AddAutoencoderRestorer(OnnxToManaged, RestorationTask.Denoise, _ => new OnnxEncoder(Pretrained()), _ => new ManagedDecoder(Pretrained()));

        // An encoder written by hand before a declared decoder.
        restorers.AddAutoencoderRestorer(HaarToOnnx, RestorationTask.Denoise, _ => new HaarEncoder(shrink: true), _ => new OnnxDecoder(HaarDecoder.Network, HaarDecoder.Weights));
        restorers.AddAutoencoderRestorer(HaarToManaged, RestorationTask.Denoise, _ => new HaarEncoder(shrink: true), _ => new ManagedDecoder(HaarDecoder.Network, HaarDecoder.Weights));
        return services.BuildServiceProvider();
    }

    private static Model Pretrained() => PretrainedModels.DenoiseColor.Load();

    private static async Task<double> RoundTripAsync(ImageTensor picture, CancellationToken cancellationToken)
    {
        using var restorer = new AutoencoderRestorer(new HaarEncoder(shrink: false), new OnnxDecoder(HaarDecoder.Network, HaarDecoder.Weights), RestorationTask.Compress);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(picture), new RestorationOptions { Clamp = false }, cancellationToken);
        return Psnr.Compute(picture, result.Image);
    }

    private static async Task<ImageTensor> LoadAsync(string path, CancellationToken cancellationToken)
    {
        ImageTensor picture = await ImageFile.LoadAsync(path, cancellationToken);
        if (picture.Channels == HaarEncoder.Colors)
        {
            return picture;
        }

        picture.Dispose();
        throw new ImageFileException($"'{path}' is grey; this sample takes pictures in colour.");
    }

    private static double LargestDifference(ImageTensor expected, ImageTensor actual)
    {
        using ImageTensor difference = actual.Clone();
        TensorPrimitives.Subtract(difference.Span, expected.Span, difference.Span);
        return MathF.Abs(TensorPrimitives.MaxMagnitude<float>(difference.Span));
    }

    private static void Write(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
