using System.Collections.Immutable;
using GenerateImages;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>Pictures that are not trained on, to score the model.</summary>
internal static class HeldOutPictures
{
    private const int LargestExtent = 320;

    /// <summary>Chooses files spread over the folder: no more than half of them.</summary>
    public static ImmutableArray<string> Choose(ImmutableArray<string> files, int count)
    {
        int chosen = Math.Min(count, files.Length / 2);
        return [.. Enumerable.Range(0, chosen).Select(i => files[(int)((i + 0.5) * files.Length / chosen)])];
    }

    public static async Task<ValidationSet?> LoadAsync(ImmutableArray<string> files, int channels, TrainingSettings settings, TrainingTask task, CancellationToken cancellationToken)
    {
        if (files.IsEmpty)
        {
            return null;
        }

        if (settings.Task == RestorationTask.Generate)
        {
            SquareSource squares = await SquareSource.LoadAsync(settings.Folder, files, settings.PatchSizes[0].Size, settings.Grey, mirror: false, cancellationToken);
            return ValidationSet.Create(squares, degradation: null, squares.Count);
        }

        var pairs = new List<ValidationImage>();
        for (int i = 0; i < files.Length; i++)
        {
            ImageFolderSource picture = await ImageFolderSource.LoadAsync([files[i]], new ImageSharpCodec(), new ImageFolderOptions { Channels = channels, ConvertToGrey = settings.Grey }, cancellationToken);
            (int height, int width) = picture.SizeOf(0);

            // A centre crop keeps scoring quick whatever the pictures' size.
            int rows = Math.Min(height, LargestExtent), columns = Math.Min(width, LargestExtent);
            ImageTensor clean = ImageTensor.CreateUninitialized(ImageShape.Single(channels, rows, columns));
            picture.Read(0, (height - rows) / 2, (width - columns) / 2, rows, columns, clean.Span);
            pairs.Add(task.Degrade(clean, i));
        }

        return new ValidationSet(pairs);
    }
}
