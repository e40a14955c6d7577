using System.Globalization;
using ImageRestoration;
using ImageRestoration.Generation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Photos;
using Spectre.Console;

namespace GenerateImages;

/// <summary>From a model file to a picture of many pictures. Runs without native code.</summary>
internal sealed class GridRun : IDisposable
{
    private readonly Model _model;
    private readonly ImageGenerator _generator;
    private readonly List<ImageTensor> _pictures = [];

    public GridRun(string modelPath)
    {
        _model = Model.Load(modelPath);
        _generator = new ImageGenerator(new ManagedDecoder(_model));
    }

    /// <summary>The classes that a choice means: the one that is named, each of them where none is, and none for a model without classes.</summary>
    public IReadOnlyList<int?> Classes(string? choice)
    {
        if (choice is null)
        {
            return _generator.Classes == 0 ? [null] : [.. Enumerable.Range(0, _generator.Classes).Select(n => (int?)n)];
        }

        string[] names = _model.Info.Provenance.TryGetValue(TrainRun.ClassesKey, out string? list) ? list.Split(',') : [];
        int index = Array.IndexOf(names, choice);
        return index >= 0 ? [index]
            : int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < _generator.Classes ? [number]
            : throw new ArgumentException($"The model has no class '{choice}'. {(names.Length > 0 ? $"It has: {string.Join(", ", names)}." : "It was trained without classes.")}", nameof(choice));
    }

    /// <summary>Pictures of noise, a row or more for each class; the same noise in each.</summary>
    public async Task SampleAsync(int count, GenerationOptions options, string? choice, CancellationToken cancellationToken)
    {
        foreach (int? label in Classes(choice))
        {
            _pictures.Add(await _generator.GenerateAsync(count, options with { Label = label }, cancellationToken));
        }
    }

    /// <summary>Rows of pictures on the way from one noise to another.</summary>
    public async Task InterpolateAsync(int rows, int steps, GenerationOptions options, string? choice, InterpolationPath path, CancellationToken cancellationToken)
    {
        IReadOnlyList<int?> classes = Classes(choice);
        for (int row = 0; row < rows; row++)
        {
            int? label = classes[row % classes.Count];
            using HostLatent from = _generator.DrawLatent(1, options with { Label = label, Seed = options.Seed + (2 * row) });
            using HostLatent to = _generator.DrawLatent(1, options with { Label = label, Seed = options.Seed + (2 * row) + 1 });
            _pictures.Add(await _generator.InterpolateAsync(from, to, steps, path, cancellationToken));
        }
    }

    /// <summary>A row of pictures on the way from one file's picture to another's, between the reconstructions of the two.</summary>
    public async Task InterpolateAsync(string fromPath, string toPath, int steps, string? choice, InterpolationPath path, CancellationToken cancellationToken)
    {
        using var encoder = new ManagedEncoder(_model);
        Size2d size = encoder.Info.SizeMultiple;
        using ImageTensor from = await LoadAsync(fromPath, size, cancellationToken), to = await LoadAsync(toPath, size, cancellationToken);
        _pictures.Add(await _generator.InterpolateAsync(encoder, from, to, steps, Classes(choice)[0], path, cancellationToken));
    }

    public async Task SaveAsync(string path, int columns, int scale, CancellationToken cancellationToken)
    {
        using ImageTensor grid = ImageGrid.Create(_pictures, columns, margin: 1);
        using ImageTensor enlarged = Enlarge(grid, scale);
        await ImageFile.SaveAsync(enlarged, path, cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"[green]{_pictures.Sum(p => p.Batch)} pictures written to[/] {path}");
    }

    public void Dispose()
    {
        _pictures.ForEach(p => p.Dispose());
        _generator.Dispose();
    }

    private static async Task<ImageTensor> LoadAsync(string path, Size2d size, CancellationToken cancellationToken)
    {
        using ImageTensor picture = await ImageFile.LoadAsync(path, new ImageLoadOptions { DiscardAlpha = true }, cancellationToken);
        return Resampling.Resize(picture, size.Height, size.Width);
    }

    /// <summary>Repeats pixels, so that small pictures can be looked at as they are.</summary>
    private static ImageTensor Enlarge(ImageTensor picture, int scale)
    {
        ImageTensor large = ImageTensor.CreateUninitialized(picture.Shape with { Height = picture.Height * scale, Width = picture.Width * scale });
        for (int channel = 0; channel < large.Channels; channel++)
        {
            for (int y = 0; y < large.Height; y++)
            {
                Span<float> source = picture.Row(0, channel, y / scale), target = large.Row(0, channel, y);
                for (int x = 0; x < target.Length; x++)
                {
                    target[x] = source[x / scale];
                }
            }
        }

        return large;
    }
}
