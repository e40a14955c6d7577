using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ImageRestoration;

/// <summary>
/// Sixteen digits for what is too long to be written out as a setting: different, but for a chance of 2⁻⁶⁴, where the content is.
/// </summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal void Add(long value) => _hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    internal void Add(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Add(bytes.Length);
        _hash.AppendData(bytes);
    }

    internal void Add(ReadOnlySpan<byte> values) => _hash.AppendData(values);

    internal void Add(ReadOnlySpan<float> values) => _hash.AppendData(MemoryMarshal.AsBytes(values));

    /// <summary>The digits of all that was added since the last call.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 8));

    public void Dispose() => _hash.Dispose();
}
