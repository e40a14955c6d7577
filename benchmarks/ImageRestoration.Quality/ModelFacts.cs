using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ImageRestoration.Networks;

namespace ImageRestoration.Quality;

/// <summary>What a row has to say of the model that was scored.</summary>
/// <param name="Channels">Channels of the pictures it is for.</param>
/// <param name="Parameters">Learned parameters.</param>
/// <param name="MacsPerPixel">Multiply–accumulate operations per pixel.</param>
/// <param name="FileBytes">Size of the model file.</param>
/// <param name="Fingerprint">Tells models of other weights or another fill apart; what the file says of itself, scores among it, has no influence.</param>
internal sealed record ModelFacts(
    [property: JsonPropertyName("channels")] int Channels,
    [property: JsonPropertyName("parameters")] long Parameters,
    [property: JsonPropertyName("macs_per_pixel")] double MacsPerPixel,
    [property: JsonPropertyName("file_bytes")] long FileBytes,
    [property: JsonPropertyName("fingerprint")] string Fingerprint)
{
    private const int FingerprintLength = 16;

    /// <summary>Fingerprint of the model for grey that stood beside it; null where none did.</summary>
    [JsonPropertyName("grey_fingerprint")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GreyFingerprint { get; init; }

    public static ModelFacts Of(Model model, long fileBytes)
        => new(model.Network.Outputs[0].Channels, model.Network.ParameterCount, Math.Round(model.Network.MacsPerPixel), fileBytes, FingerprintOf(model));

    public static string FingerprintOf(Model model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{model.Info.Fill}{(model.Info.NormalizesExposure ? " at automatic exposure" : string.Empty)}\n"));
        foreach (string name in model.Weights.Names.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n"));
            hash.AppendData(MemoryMarshal.AsBytes(model.Weights[name].Values.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..FingerprintLength];
    }
}
