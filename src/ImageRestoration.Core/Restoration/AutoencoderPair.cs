using ImageRestoration.Latents;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>What an encoder and a decoder are together.</summary>
internal static class AutoencoderPair
{
    /// <summary>Describes a restorer made of both.</summary>
    /// <exception cref="TensorShapeException">They do not fit together, or a restorer has no value for what the encoder takes.</exception>
    internal static RestorerInfo Describe(IEncoder encoder, IDecoder decoder, RestorationTask task, string? name)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        (EncoderInfo first, DecoderInfo second) = (encoder.Info, decoder.Info);
        ThrowIfUnfit(first, second);
        Size2d multiple = LeastCommonMultiple(first.SizeMultiple, second.SizeMultiple);
        Network? joined = first.Network is { } head && second.Network is { } tail ? Network.Compose(first.Name, head, tail) : null;
        return new RestorerInfo(
            name ?? first.Name,
            task,
            first.ImageChannels,
            first.TakesMask,
            first.Backend == second.Backend ? first.Backend : $"{first.Backend} → {second.Backend}",
            first.Device == second.Device ? first.Device : $"{first.Device} → {second.Device}")
        {
            SizeMultiple = multiple,
            Fill = first.Fill,
            NormalizesExposure = first.NormalizesExposure,
            TileHalo = joined is null ? Sum(first.TileHalo, second.TileHalo, multiple) : joined.TileHalo,
            TileAlignment = first.TileAlignment is null && second.TileAlignment is null
                ? null
                : LeastCommonMultiple(multiple, LeastCommonMultiple(first.TileAlignment ?? 1, second.TileAlignment ?? 1)),
            ValuesPerPixel = joined?.ValuesPerPixel,
        };
    }

    private static void ThrowIfUnfit(EncoderInfo encoder, DecoderInfo decoder)
    {
        encoder.Latent.ThrowIfNotFor(decoder.Latent);
        if (encoder.ImageChannels != decoder.ImageChannels)
        {
            throw RestorationErrors.PairChannels(encoder, decoder);
        }

        if (!encoder.Conditions.Tensors.IsEmpty)
        {
            throw RestorationErrors.Conditional(encoder);
        }

        // A declared network's multiple follows from its strides; one written by hand may be wrong, and would fail with some pictures only.
        foreach (LatentTensorSpec tensor in encoder.Latent.Tensors)
        {
            if (encoder.SizeMultiple.Height % tensor.HeightScale.Denominator != 0
                || encoder.SizeMultiple.Width % tensor.WidthScale.Denominator != 0)
            {
                throw RestorationErrors.NotDivisible(encoder, tensor);
            }
        }
    }

    /// <summary>The decoder's block looks at latents so far around it, each of which looks as far again; whole blocks each.</summary>
    private static ReceptiveField? Sum(ReceptiveField? encoder, ReceptiveField? decoder, Size2d multiple)
    {
        if (encoder is not { } near || decoder is not { } far)
        {
            return null;
        }

        int height = multiple.Height, width = multiple.Width;
        return new ReceptiveField(
            near.Top + AffineSize.RoundUp(far.Top, height),
            near.Bottom + AffineSize.RoundUp(far.Bottom, height),
            near.Left + AffineSize.RoundUp(far.Left, width),
            near.Right + AffineSize.RoundUp(far.Right, width),
            near.IsGlobal || far.IsGlobal);
    }

    private static Size2d LeastCommonMultiple(Size2d one, Size2d other) => new(
        (int)AffineSize.LeastCommonMultiple(one.Height, other.Height),
        (int)AffineSize.LeastCommonMultiple(one.Width, other.Width));
}
