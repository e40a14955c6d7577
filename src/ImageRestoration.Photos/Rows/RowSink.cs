using System.Buffers.Binary;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Base of sinks that write a stream: checks bands, counts rows, rounds values to interleaved samples.</summary>
internal abstract class RowSink : IRowSink
{
    private readonly bool _leaveOpen;
    private readonly float[] _scaled;
    private readonly int[] _levels;
    private int _row;
    private bool _completed;
    private bool _disposed;

    protected RowSink(Stream stream, RowFormat format, bool leaveOpen)
    {
        Stream = stream;
        Format = format;
        _leaveOpen = leaveOpen;
        _scaled = new float[format.Width];
        _levels = new int[format.Width];
        Samples = new byte[checked(format.Width * format.Channels * (format.Bits / 8))];
    }

    /// <inheritdoc/>
    public RowFormat Format { get; }

    protected Stream Stream { get; }

    /// <summary>The current row, interleaved; 16 and 32 bits big-endian, as PNG and PNM have them.</summary>
    protected byte[] Samples { get; }

    /// <inheritdoc/>
    public void Write(ImageTensor source, int row, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RowBand.ThrowIfUnfit(source, row, count, Format, Format.Height - _row);
        for (int i = 0; i < count; i++)
        {
            for (int c = 0; c < Format.Channels; c++)
            {
                Quantize(source.Row(0, c, row + i), c);
            }

            WriteRow();
            _row++;
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_row < Format.Height)
        {
            throw new InvalidOperationException(Invariant($"{_row} of {Format.Height} rows were written. ")
                + "Write the others before completing the picture.");
        }

        if (!_completed)
        {
            _completed = true;
            Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Free();
            if (!_leaveOpen)
            {
                Stream.Dispose();
            }
        }
    }

    /// <summary>Writes <see cref="Samples"/>.</summary>
    protected abstract void WriteRow();

    protected virtual void Finish()
    {
    }

    protected virtual void Free()
    {
    }

    private void Quantize(ReadOnlySpan<float> values, int channel)
    {
        // Magnitudes never cancel out, so the sum is NaN exactly where one of them is.
        if (float.IsNaN(TensorPrimitives.SumOfMagnitudes(values)))
        {
            throw RowErrors.NotANumber(_row, channel);
        }

        if (Format.Bits == 32)
        {
            PutFloats(values, channel);
            return;
        }

        TensorPrimitives.Clamp(values, 0f, 1f, _scaled);
        TensorPrimitives.Multiply(_scaled, Format.Bits == 8 ? byte.MaxValue : ushort.MaxValue, _scaled);
        TensorPrimitives.Round<float>(_scaled, _scaled);
        TensorPrimitives.ConvertTruncating<float, int>(_scaled, _levels);
        byte[] samples = Samples;
        int step = Format.Channels * (Format.Bits / 8), at = channel * (Format.Bits / 8);
        if (Format.Bits == 8)
        {
            foreach (int level in _levels)
            {
                samples[at] = (byte)level;
                at += step;
            }
        }
        else
        {
            foreach (int level in _levels)
            {
                samples[at] = (byte)(level >> 8);
                samples[at + 1] = (byte)level;
                at += step;
            }
        }
    }

    private void PutFloats(ReadOnlySpan<float> values, int channel)
    {
        int step = Format.Channels * sizeof(float), at = channel * sizeof(float);
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleBigEndian(Samples.AsSpan(at), value);
            at += step;
        }
    }
}
