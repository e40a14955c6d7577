using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>
/// Reads and writes the safetensors format: an 8-byte little-endian header length, a JSON header with type, shape and byte range of each
/// tensor, then the tensors' bytes. Types F32, F16 and BF16 are read; all are float32 in memory. The step counters
/// of PyTorch's BatchNorm layers (<c>num_batches_tracked</c>) are passed over.
/// </summary>
public sealed class SafeTensorsFile
{
    private const string MetadataKey = "__metadata__";

    /// <summary>How many batches a BatchNorm of PyTorch has seen: an integer in state dicts that nothing is computed from.</summary>
    private const string BatchCounter = "num_batches_tracked";
    private const int PrefixSize = sizeof(ulong);
    private const int Alignment = 8;
    private const int FirstRead = 1 << 18;

    /// <summary>Numbers from 65,520 on are rounded to infinity, those below to 65,504.</summary>
    private static readonly float LargestForFloat16 = MathF.BitDecrement(65_520f);

    /// <summary>Creates the contents of a file.</summary>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="metadata">Free text by key.</param>
    public SafeTensorsFile(IReadOnlyDictionary<string, WeightTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensors = tensors;
        Metadata = metadata ?? ImmutableDictionary<string, string>.Empty;
    }

    /// <summary>Tensors by name.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Free text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file from a stream, up to its end.</summary>
    /// <param name="stream">A readable stream.</param>
    /// <param name="limits">Bounds; the defaults where <see langword="null"/>.</param>
    /// <returns>The file's contents.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, truncated or over a limit.</exception>
    public static SafeTensorsFile Read(Stream stream, ModelLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= new ModelLimits();
        Span<byte> prefix = stackalloc byte[PrefixSize];
        ReadExactly(stream, prefix, "its first 8 bytes");
        ulong headerSize = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerSize is < 2 || headerSize > (ulong)limits.MaximumHeaderSize)
        {
            throw ModelFileErrors.HeaderSize(headerSize, limits.MaximumHeaderSize);
        }

        byte[] header = ReadValues<byte>(stream, (long)headerSize, "its header");
        try
        {
            using JsonDocument document = JsonDocument.Parse(header);
            return ReadTensors(stream, document.RootElement, limits, PrefixSize + (long)headerSize);
        }
        catch (Exception e) when (IsWrongJson(e))
        {
            throw ModelFileErrors.WrongHeader(e);
        }
    }

    /// <summary>Writes the contents to a stream.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="precision">How values are stored.</param>
    /// <exception cref="ModelFormatException">A value is too large for the precision; nothing is written.</exception>
    public void Write(Stream stream, WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(stream);
        int size = precision == WeightPrecision.Float32 ? sizeof(float) : sizeof(ushort);
        string[] names = [.. Tensors.Keys.Order(StringComparer.Ordinal)];
        if (precision == WeightPrecision.Float16)
        {
            ThrowIfBeyondFloat16(names);
        }

        byte[] header = BuildHeader(names, precision, size);
        Span<byte> prefix = stackalloc byte[PrefixSize];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (string name in names)
        {
            ReadOnlySpan<float> values = Tensors[name].Values.Span;
            if (precision == WeightPrecision.Float32)
            {
                stream.Write(MemoryMarshal.AsBytes(values));
            }
            else
            {
                var half = new Half[values.Length];
                TensorPrimitives.ConvertToHalf(values, half);
                stream.Write(MemoryMarshal.AsBytes(half.AsSpan()));
            }
        }
    }

    /// <summary>No reader takes infinity as a weight: a number beyond half precision would make a file that cannot be loaded.</summary>
    private void ThrowIfBeyondFloat16(string[] names)
    {
        foreach (string name in names)
        {
            ReadOnlySpan<float> values = Tensors[name].Values.Span;
            int index = values.IndexOfAnyExceptInRange(-LargestForFloat16, LargestForFloat16);
            if (index >= 0)
            {
                throw ModelFileErrors.BeyondFloat16(name, values[index]);
            }
        }
    }

    private byte[] BuildHeader(string[] names, WeightPrecision precision, int size)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (Metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    writer.WriteString(key, value);
                }

                writer.WriteEndObject();
            }

            long offset = 0;
            foreach (string name in names)
            {
                WeightTensor tensor = Tensors[name];
                writer.WriteStartObject(name);
                writer.WriteString("dtype", precision == WeightPrecision.Float32 ? "F32" : "F16");
                writer.WriteStartArray("shape");
                foreach (int extent in tensor.Shape)
                {
                    writer.WriteNumberValue(extent);
                }

                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                offset += (long)tensor.Values.Length * size;
                writer.WriteNumberValue(offset);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // The format asks for spaces at the end so that the data starts aligned.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    /// <summary>Whether reading JSON failed because it is damaged or does not hold what it should.</summary>
    internal static bool IsWrongJson(Exception e) => e is JsonException or InvalidOperationException or FormatException
        or KeyNotFoundException or OverflowException or IndexOutOfRangeException;

    private static SafeTensorsFile ReadTensors(Stream stream, JsonElement root, ModelLimits limits, long dataStart)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<(string Name, string Type, ImmutableArray<int> Shape, long Begin, long End)>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                foreach (JsonProperty text in property.Value.EnumerateObject())
                {
                    metadata[text.Name] = text.Value.GetString() ?? string.Empty;
                }

                continue;
            }

            JsonElement offsets = property.Value.GetProperty("data_offsets");
            ImmutableArray<int> shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
            string dtype = property.Value.GetProperty("dtype").GetString() ?? string.Empty;
            entries.Add((property.Name, dtype, shape, offsets[0].GetInt64(), offsets[1].GetInt64()));
            if (entries.Count > limits.MaximumTensorCount)
            {
                throw ModelFileErrors.ManyTensors(limits.MaximumTensorCount);
            }
        }

        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        long position = 0;
        var inOrder = entries.OrderBy(e => e.Begin).ThenBy(e => e.End);
        foreach ((string name, string type, ImmutableArray<int> shape, long begin, long end) in inOrder)
        {
            if (begin != position || end < begin || end > limits.MaximumFileSize - dataStart)
            {
                throw ModelFileErrors.WrongOffsets(name, begin, end, position, limits.MaximumFileSize);
            }

            position = end;
            if (type == "I64" && shape.IsEmpty && end - begin == sizeof(long) && name.EndsWith(BatchCounter, StringComparison.Ordinal))
            {
                ReadValues<long>(stream, 1, $"tensor '{name}'");
                continue;
            }

            if (!tensors.TryAdd(name, ReadTensor(stream, name, type, shape, end - begin)))
            {
                throw new ModelFormatException($"Tensor '{name}' is listed twice. The file is damaged.");
            }
        }

        if (stream.ReadByte() >= 0)
        {
            throw new ModelFormatException("Bytes follow after the last tensor. The file is damaged.");
        }

        return new SafeTensorsFile(tensors, metadata);
    }

    private static WeightTensor ReadTensor(Stream stream, string name, string type, ImmutableArray<int> shape, long bytes)
    {
        int size = type switch
        {
            "F32" => sizeof(float),
            "F16" or "BF16" => sizeof(ushort),
            _ => throw new ModelFormatException($"Tensor '{name}' has type {type}. Only F32, F16 and BF16 are read; convert the file."),
        };
        if (shape.Any(extent => extent < 0))
        {
            throw new ModelFormatException($"Tensor '{name}' has a negative extent. The file is damaged.");
        }

        long count = shape.Aggregate(1L, (product, extent) => checked(product * extent));
        if (count * size != bytes || count > Array.MaxLength)
        {
            throw ModelFileErrors.WrongLength(name, count, size, bytes);
        }

        if (type == "F32")
        {
            return new WeightTensor(shape, ReadValues<float>(stream, count, $"tensor '{name}'"));
        }

        ushort[] raw = ReadValues<ushort>(stream, count, $"tensor '{name}'");
        var values = new float[count];
        if (type == "F16")
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<ushort, Half>(raw), values);
        }
        else
        {
            for (int i = 0; i < raw.Length; i++)
            {
                values[i] = BitConverter.UInt32BitsToSingle((uint)raw[i] << 16);
            }
        }

        return new WeightTensor(shape, values);
    }

    /// <summary>Reads an array. A short file cannot ask for a large one: memory is taken for what is there, or as it arrives.</summary>
    private static T[] ReadValues<T>(Stream stream, long count, string what)
        where T : unmanaged
    {
        long atOnce = Math.Min(count, FirstRead);
        if (stream.CanSeek)
        {
            if (stream.Length - stream.Position < count * Unsafe.SizeOf<T>())
            {
                throw Truncated(what, innerException: null);
            }

            atOnce = count;
        }

        var values = new T[atOnce];
        ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan()), what);
        while (values.Length < count)
        {
            int filled = values.Length;
            Array.Resize(ref values, (int)Math.Min(count, 2L * filled));
            ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan(filled)), what);
        }

        return values;
    }

    private static void ReadExactly(Stream stream, Span<byte> destination, string what)
    {
        try
        {
            stream.ReadExactly(destination);
        }
        catch (EndOfStreamException e)
        {
            throw Truncated(what, e);
        }
    }

    private static ModelFormatException Truncated(string what, Exception? innerException)
        => new($"The file ends within {what}. It is truncated or no safetensors file; copy or download it again.", innerException);
}
