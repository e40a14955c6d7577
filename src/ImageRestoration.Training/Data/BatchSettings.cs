using System.Collections.Immutable;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Data;

/// <summary>Names everything that batches depend on.</summary>
/// <remarks>
/// Options are named one by one. Pictures, and masks and degradations of other packages, cannot name theirs: of those, a digest of what
/// they are or make stands for all they depend on.
/// </remarks>
internal static class BatchSettings
{
    private const int Masks = 256, DegradedPictures = 64, ReadPictures = 16, ReadSide = 64;

    internal static ImmutableArray<KeyValuePair<string, string>> Create(
        IPatchSource source, IDegradation? degradation, PatchSamplerOptions options)
    {
        var settings = new SettingList();
        settings.Add("Pictures", source.Count);
        settings.Add("Pictures.Channels", source.Channels);
        settings.Add("Pictures.Content", DigestOf(source));
        settings.AddDegradation("Degradation", degradation);
        int size = options.PatchSizes[0].Size;
        if (settings.IsIncomplete)
        {
            settings.Add("Degradation.Results", DigestOf(degradation!, ImageShape.Single(source.Channels, size, size)));
        }

        ((IDescribed)options).Describe(settings);
        var masks = new SettingList();
        masks.AddMasks("Masks", options.Masks);
        if (masks.IsIncomplete)
        {
            settings.Add("Masks.Results", DigestOf(options.Masks!, size));
        }

        return settings.Entries;
    }

    /// <summary>
    /// Of all names, sizes and classes, and of a square of some pictures as 8 bits: folders may move, and reading all of a large one would
    /// take long.
    /// </summary>
    private static string DigestOf(IPatchSource source)
    {
        using var digest = new Digest();
        for (int i = 0; i < source.Count; i++)
        {
            string name = source.NameOf(i);
            (int height, int width) = source.SizeOf(i);
            digest.Add(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]);
            digest.Add(height);
            digest.Add(width);
            digest.Add(source is ILabelledPatchSource labelled ? labelled.LabelOf(i) : 0);
        }

        int count = Math.Min(source.Count, ReadPictures);
        for (int i = 0; i < count; i++)
        {
            int index = (int)((long)i * source.Count / count);
            (int height, int width) = source.SizeOf(index);
            int rows = Math.Min(height, ReadSide), columns = Math.Min(width, ReadSide), top = (height - rows) / 2,
                left = (width - columns) / 2;
            var values = new float[source.Channels * rows * columns];
            source.Read(index, top, left, rows, columns, values);
            AddAs8Bit(digest, values);
            if (source is IPairedPatchSource pairs)
            {
                pairs.ReadDegraded(index, top, left, rows, columns, values);
                AddAs8Bit(digest, values);
            }
        }

        return digest.ToString();
    }

    /// <summary>Of what becomes of a picture with all values of 8 bits, many times.</summary>
    private static string DigestOf(IDegradation degradation, ImageShape shape)
    {
        using var digest = new Digest();
        using ImageTensor picture = ImageTensor.CreateUninitialized(shape), target = ImageTensor.CreateUninitialized(shape);
        for (int i = 0; i < DegradedPictures; i++)
        {
            Span<float> values = picture.Span;
            for (int v = 0; v < values.Length; v++)
            {
                values[v] = (byte)(7 * v) / 255f;
            }

            SeededRandom random = SeededRandom.ForSample(0, 0, i);
            if (degradation is IPairDegradation pair)
            {
                values.CopyTo(target.Span);
                pair.ApplyToPair(target, picture, random);
                digest.Add(target.Span);
            }
            else
            {
                degradation.Apply(picture, random);
            }

            digest.Add(picture.Span);
        }

        return digest.ToString();
    }

    private static string DigestOf(IMaskStrategy masks, int size)
    {
        using var digest = new Digest();
        for (int i = 0; i < Masks; i++)
        {
            digest.Add(masks.Create(size, size, SeededRandom.ForSample(0, 0, i)).Values);
        }

        return digest.ToString();
    }

    private static void AddAs8Bit(Digest digest, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Round(Math.Clamp(values[i], 0f, 1f) * 255);
        }

        digest.Add(bytes);
    }
}
