using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Data;

namespace GenerateImages;

/// <summary>The pictures of a folder to train on and to measure by, whatever they are stored as.</summary>
internal sealed record TrainingData(ILabelledPatchSource Training, ILabelledPatchSource Test, ImmutableArray<string> ClassNames)
{
    private const int TestShare = 20;
    private static readonly ImmutableArray<string> _cifarClasses = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static async Task<TrainingData> LoadAsync(TrainSettings settings, CancellationToken cancellationToken)
    {
        if (Find("train-images*") is { } images && Find("train-labels*") is { } labels)
        {
            IdxSource training = IdxSource.Load(images, labels, settings.Size);
            IdxSource test = Find("t10k-images*") is { } testImages && Find("t10k-labels*") is { } testLabels ? IdxSource.Load(testImages, testLabels, settings.Size) : training;
            return new TrainingData(training, test, Numbers(training.ClassCount));
        }

        if (Find("data_batch_1.bin") is not null)
        {
            CifarSource training = await CifarSource.LoadCifar10Async(settings.Folder, CifarSplit.Training, cancellationToken);
            return new TrainingData(training, await CifarSource.LoadCifar10Async(settings.Folder, CifarSplit.Test, cancellationToken), _cifarClasses);
        }

        SquareSource pictures = await SquareSource.LoadAsync(settings.Folder, settings.Size, settings.Grey, settings.Mirror, cancellationToken);
        (Part training, Part test) split = Part.Split(pictures, TestShare);
        return new TrainingData(split.training, split.test, pictures.ClassNames);

        string? Find(string pattern) => Directory.Exists(settings.Folder) ? Directory.EnumerateFiles(settings.Folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    private static ImmutableArray<string> Numbers(int count) => [.. Enumerable.Range(0, count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Some of the pictures of a set.</summary>
    private sealed class Part(ILabelledPatchSource whole, int[] indices) : ILabelledPatchSource
    {
        public int ClassCount => whole.ClassCount;

        public int Count => indices.Length;

        public int Channels => whole.Channels;

        /// <summary>Holds every so many-th pair of neighbours out: a picture and its mirror image stay together.</summary>
        public static (Part Training, Part Test) Split(ILabelledPatchSource whole, int share)
        {
            ILookup<bool, int> parts = Enumerable.Range(0, whole.Count).ToLookup(i => i / 2 % share == share - 1);
            int[] test = parts[true].Any() ? [.. parts[true]] : [.. parts[false]];
            return (new Part(whole, [.. parts[false]]), new Part(whole, test));
        }

        public int LabelOf(int index) => whole.LabelOf(indices[index]);

        public string NameOf(int index) => whole.NameOf(indices[index]);

        public (int Height, int Width) SizeOf(int index) => whole.SizeOf(indices[index]);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination) => whole.Read(indices[index], top, left, height, width, destination);
    }
}
