using System.Text.Json.Serialization;

namespace ImageRestoration.Quality.Robustness;

/// <summary>What a model makes of an input that it was not made for.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Task">Its task, in lower case.</param>
/// <param name="Fingerprint">Tells models of other weights apart: <see cref="ModelFacts.Fingerprint"/>.</param>
/// <param name="Input">Name of the input.</param>
/// <param name="Count">Number of pictures.</param>
/// <param name="Failures">What must not happen and did; empty where all is well.</param>
/// <param name="LeastPsnr">Least PSNR of a picture to itself in dB, of the missing pixels in inpainting; null where <paramref name="MaxDeviation"/> is.</param>
/// <param name="MaxDeviation">Largest difference of a value to the picture's own, of the missing pixels in inpainting; null where the picture is beyond the range, nothing can be known of what is missing, or brightness is to change.</param>
/// <param name="Brightness">Mean of the result less that of the picture, for brightening; null otherwise.</param>
/// <param name="Levels">Number of different values of 16 bits in a row; of ramps.</param>
/// <param name="LargestStep">Largest difference of neighbouring values in a row, in levels of 8 bits; of ramps.</param>
internal sealed record RobustnessRow(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("fingerprint")] string Fingerprint,
    [property: JsonPropertyName("input")] string Input,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("failures")] IReadOnlyList<string> Failures,
    [property: JsonPropertyName("least_psnr")] double? LeastPsnr,
    [property: JsonPropertyName("max_deviation")] double? MaxDeviation,
    [property: JsonPropertyName("brightness")] double? Brightness,
    [property: JsonPropertyName("levels")] int? Levels,
    [property: JsonPropertyName("largest_step")] double? LargestStep);
