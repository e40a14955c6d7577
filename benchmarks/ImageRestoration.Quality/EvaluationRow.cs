using System.Text.Json.Serialization;

namespace ImageRestoration.Quality;

/// <summary>Scores of one restorer in one case, averaged over the pictures.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Images">Name of the folder of pictures.</param>
/// <param name="Case">What was done to the pictures, such as <c>sigma 25</c>, <c>quality 10</c>, <c>free-form</c>, <c>stops -3</c> or <c>pairs</c>.</param>
/// <param name="Sigma">Standard deviation of the noise on the scale [0, 255]; null for tasks other than denoising.</param>
/// <param name="Restorer">Model file or name, or classical method, as given.</param>
/// <param name="Backend">What computed.</param>
/// <param name="Count">Number of pictures that were scored: those with missing pixels in inpainting, otherwise all.</param>
/// <param name="Psnr">Mean of the pictures' PSNR in decibels.</param>
/// <param name="Ssim">Mean of the pictures' SSIM.</param>
/// <param name="MsSsim">Mean of the pictures' MS-SSIM; null where a picture is too small for it.</param>
/// <param name="InputPsnr">Mean of the degraded pictures' own PSNR in decibels, over the same pixels.</param>
/// <param name="Megapixels">Millions of pixels of all pictures together.</param>
/// <param name="Seconds">Time spent in the restorer for all pictures together, after a warm-up.</param>
internal sealed record EvaluationRow(
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("images")] string Images,
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("sigma")] double? Sigma,
    [property: JsonPropertyName("restorer")] string Restorer,
    [property: JsonPropertyName("backend")] string Backend,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("psnr")] double Psnr,
    [property: JsonPropertyName("ssim")] double Ssim,
    [property: JsonPropertyName("ms_ssim")] double? MsSsim,
    [property: JsonPropertyName("input_psnr")] double InputPsnr,
    [property: JsonPropertyName("megapixels")] double Megapixels,
    [property: JsonPropertyName("seconds")] double Seconds)
{
    /// <summary>How many pictures of the folder were taken, by name; null where all were.</summary>
    [JsonPropertyName("limit")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    /// <summary>Threads of the backend; null where the choice was left to it.</summary>
    [JsonPropertyName("threads")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Threads { get; init; }

    /// <summary>The model; null for other restorers, and outside of the suite.</summary>
    [JsonPropertyName("model")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelFacts? Model { get; init; }

    /// <summary>How much structure inpainted parts have, a mean over the pictures; null for tasks other than inpainting.</summary>
    [JsonPropertyName("edges")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EdgeStatistics? Edges { get; init; }

    /// <summary>What no two rows of a file have in common.</summary>
    [JsonIgnore]
    public (string Task, string Images, string Case, string Restorer, string Backend) Key => (Task, Images, Case, Restorer, Backend);
}
