using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Quality.Suite;

/// <summary>One table of the suite: pictures, what is done to them, and the methods that models are compared with.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Title">What the table is about, for people.</param>
/// <param name="MainCase">The case that plots show.</param>
/// <param name="Options">What is evaluated; folders are relative to the data's, and <see cref="EvaluationOptions.Restorers"/> holds the baselines.</param>
/// <param name="IsGrey">Whether the pictures are grey, which models for RGB take through the channel adapter. RGB pictures are left to models for RGB.</param>
internal sealed record SuiteEntry(string Name, string Title, string MainCase, EvaluationOptions Options, bool IsGrey = false)
{
    /// <summary>OpenCV's methods that the table compares with where there is OpenCV.</summary>
    public IReadOnlyList<string> OpenCv { get; init; } = [];

    /// <summary>Whether models for RGB stand beside those for grey, as users get them, and the picture says which runs.</summary>
    public bool IsRouted { get; init; }

    /// <summary>What models have to be made for.</summary>
    public string ModelTask => IsReal ? "denoise" : Options.Task;

    /// <summary>Whether the table is one of noise as files have it.</summary>
    public bool IsReal => Options.Task == "real";

    /// <summary>The options with the folders in their place.</summary>
    public EvaluationOptions At(string data) => Options with
    {
        Images = Path.Combine(data, Options.Images),
        Masks = [.. Options.Masks.Select(mask => mask == SuiteProtocol.MaskFolder ? Path.Combine(data, mask) : mask)],
    };

    /// <summary>Whether a row belongs to the table.</summary>
    public bool Holds(EvaluationRow row)
        => row.Task == Options.Task && row.Images == Options.Images && (!IsReal || Options.Kinds.Any(kind => RealNoiseCase.Create(kind, Options.Seed).Name == row.Case));

    /// <summary>Whether a model takes these pictures by way of the channel adapter.</summary>
    public bool Adapts(ModelFacts model) => IsGrey && model.Channels > 1;
}
