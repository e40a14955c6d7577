using System.Collections.Immutable;
using ImageRestoration.Data;
using ImageRestoration.Generation;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace GenerateImages;

/// <summary>
/// The evidence lower bound's two parts on pictures that training has not seen, with one draw for each picture, and what the mean alone
/// reconstructs. All per picture.
/// </summary>
/// <param name="CrossEntropy">Reconstruction of a draw, in nats: −log p(x | z) where values are taken for probabilities.</param>
/// <param name="Divergence">Kullback–Leibler divergence from the prior, in nats.</param>
/// <param name="Psnr">PSNR of the reconstruction of the mean, from the mean squared error over all pictures, in dB.</param>
/// <param name="Pictures">Number of pictures.</param>
internal sealed record Bound(double CrossEntropy, double Divergence, double Psnr, int Pictures)
{
    private const int MostPictures = 1_000;
    private const int BatchSize = 20;
    private const double Smallest = 1e-6;

    public static async Task<Bound> MeasureAsync(Model model, ILabelledPatchSource pictures, int size, CancellationToken cancellationToken)
    {
        using var encoder = new ManagedEncoder(model);
        using var decoder = new ManagedDecoder(model);
        int classes = model.Decoder!.Inputs.FirstOrDefault(i => i.IsCondition)?.Channels ?? 0;
        int count = Math.Min(pictures.Count, MostPictures);
        double crossEntropy = 0, divergence = 0, squares = 0;
        for (int first = 0; first < count; first += BatchSize)
        {
            int batch = Math.Min(BatchSize, count - first);
            using ImageTensor image = ImageTensor.CreateUninitialized(new ImageShape(batch, pictures.Channels, size, size));
            int values = image.Span.Length / batch;
            for (int i = 0; i < batch; i++)
            {
                // Spread over the set, which may be sorted by class.
                pictures.Read(IndexOf(first + i), 0, 0, size, size, image.Span.Slice(i * values, values));
            }

            using HostLatent conditions = new([new(ImageGenerator.LabelName, Planes(first, batch))]);
            using var latent = (HostLatent)await encoder.EncodeAsync(new EncodeRequest(image) { Conditions = conditions }, cancellationToken);
            ImageTensor mean = latent[VariationalAutoencoder.LatentName], logVariance = latent[VariationalAutoencoder.LogVarianceName];
            using ImageTensor draw = mean.Clone();
            var noise = new float[mean.Span.Length];
            new SeededRandom((ulong)first).NextGaussian(noise);
            for (int i = 0; i < noise.Length; i++)
            {
                (double m, double v) = (mean.Span[i], logVariance.Span[i]);
                divergence += 0.5 * ((m * m) + Math.Exp(v) - 1 - v);
                draw.Span[i] += (float)(Math.Exp(v / 2) * noise[i]);
            }

            using ImageTensor drawn = await DecodeAsync(draw), middle = await DecodeAsync(mean);
            for (int i = 0; i < image.Span.Length; i++)
            {
                double x = image.Span[i], p = Math.Clamp(drawn.Span[i], Smallest, 1 - Smallest), error = middle.Span[i] - x;
                crossEntropy -= (x * Math.Log(p)) + ((1 - x) * Math.Log(1 - p));
                squares += error * error;
            }

            async Task<ImageTensor> DecodeAsync(ImageTensor z)
            {
                // The decoder's own copy: a latent disposes its tensors.
                using HostLatent taken = new([new(VariationalAutoencoder.LatentName, z.Clone()), new(ImageGenerator.LabelName, conditions.CopyToHost(ImageGenerator.LabelName))]);
                return await decoder.DecodeAsync(taken, cancellationToken);
            }
        }

        return new Bound(crossEntropy / count, divergence / count, -10 * Math.Log10(squares / ((double)count * pictures.Channels * size * size)), count);

        ImageTensor Planes(int first, int batch)
        {
            // Models without classes do not look at it.
            ImageTensor planes = ImageTensor.Create(new ImageShape(batch, Math.Max(classes, 1), size / encoder.Info.SizeMultiple.Height, size / encoder.Info.SizeMultiple.Width));
            int plane = planes.Height * planes.Width;
            for (int i = 0; i < batch && classes > 0; i++)
            {
                planes.Span.Slice(((i * classes) + pictures.LabelOf(IndexOf(first + i))) * plane, plane).Fill(1);
            }

            return planes;
        }

        int IndexOf(int position) => (int)((long)position * pictures.Count / count);
    }

    public ImmutableSortedDictionary<string, double> ToScores(bool isBinary)
    {
        var scores = new Dictionary<string, double> { ["KL nats"] = Divergence, ["reconstruction PSNR"] = Psnr };
        if (isBinary)
        {
            scores.Add("ELBO nats", -CrossEntropy - Divergence);
        }

        return ImmutableSortedDictionary.CreateRange(scores);
    }

    public override string ToString() => FormattableString.Invariant($"{Pictures} pictures not trained on: cross entropy {CrossEntropy:0.0} nats, KL {Divergence:0.0} nats, ELBO {-CrossEntropy - Divergence:0.0} nats a picture; the mean's reconstruction has {Psnr:0.00} dB");
}
