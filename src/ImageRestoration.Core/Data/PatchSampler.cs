using System.Buffers;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Data;

/// <summary>
/// Makes the batch of any training step as a pure function of (seed, step): order, crops, flips and degradation need no generator state,
/// so training resumes exactly from the step's number alone.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class PatchSampler
{
    private const long OrderStream = -1;

    private readonly IPatchSource _source;
    private readonly IDegradation _degradation;
    private readonly PatchSamplerOptions _options;
    private readonly Lock _orderLock = new();
    private readonly Dictionary<long, int[]> _orders = [];

    /// <summary>Creates the sampler.</summary>
    /// <param name="source">Clean pictures, each at least as large as the largest patch.</param>
    /// <param name="degradation">What makes the network's input of a clean patch.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="TrainingException">A picture is smaller than a patch.</exception>
    public PatchSampler(IPatchSource source, IDegradation degradation, PatchSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(degradation);
        options ??= new PatchSamplerOptions();
        options.ThrowIfInvalid(nameof(options));
        if (source.Count < 1)
        {
            throw new TrainingException("There is no picture to train on. Name a folder with pictures.");
        }

        int largest = options.PatchSizes.Max(p => p.Size);
        for (int i = 0; i < source.Count; i++)
        {
            (int height, int width) = source.SizeOf(i);
            if (height < largest || width < largest)
            {
                throw new TrainingException($"Picture '{source.NameOf(i)}' is {height}×{width} and patches are up to {largest}×{largest}. Leave it out or use smaller patches.");
            }
        }

        _source = source;
        _degradation = degradation;
        _options = options;
    }

    /// <summary>Settings.</summary>
    public PatchSamplerOptions Options => _options;

    /// <summary>Number of pictures.</summary>
    public int PictureCount => _source.Count;

    /// <summary>Channels of the pictures.</summary>
    public int Channels => _source.Channels;

    /// <summary>Side of the patches at a step.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <returns>Rows and columns.</returns>
    public int PatchSizeAt(long step)
    {
        int size = _options.PatchSizes[0].Size;
        foreach (PatchSize entry in _options.PatchSizes)
        {
            size = entry.FromStep <= step ? entry.Size : size;
        }

        return size;
    }

    /// <summary>Makes the batch of a step.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="cancellationToken">Stops between samples.</param>
    /// <returns>The batch; the caller disposes it.</returns>
    public TrainingBatch Create(long step, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        int size = PatchSizeAt(step);
        var shape = new ImageShape(_options.BatchSize, _source.Channels, size, size);
        int sampleLength = _source.Channels * size * size;
        ImageTensor target = ImageTensor.CreateUninitialized(shape);
        ImageTensor input = ImageTensor.CreateUninitialized(shape);
        float[] crop = ArrayPool<float>.Shared.Rent(sampleLength);
        var names = new string[_options.BatchSize];
        try
        {
            for (int sample = 0; sample < _options.BatchSize; sample++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int picture = PictureOf((step * _options.BatchSize) + sample);
                names[sample] = _source.NameOf(picture);
                SeededRandom random = SeededRandom.ForSample(_options.Seed, step, sample);
                (int height, int width) = _source.SizeOf(picture);
                int top = random.Next(height - size + 1), left = random.Next(width - size + 1);
                _source.Read(picture, top, left, size, size, crop.AsSpan(0, sampleLength));
                Memory<float> clean = target.Memory.Slice(sample * sampleLength, sampleLength);
                CopyOriented(crop, clean.Span, size, _options.FlipAndRotate ? random.Next(8) : 0);
                Memory<float> degraded = input.Memory.Slice(sample * sampleLength, sampleLength);
                clean.CopyTo(degraded);
                using ImageTensor view = ImageTensor.Wrap(degraded, shape with { Batch = 1 });
                _degradation.Apply(view, random);
            }

            return new TrainingBatch(step, input, target, names);
        }
        catch
        {
            target.Dispose();
            input.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(crop);
        }
    }

    /// <summary>Copies square planes in one of the eight orientations: bit 0 mirrors columns, bit 1 mirrors rows, bit 2 swaps them.</summary>
    private static void CopyOriented(ReadOnlySpan<float> source, Span<float> destination, int size, int orientation)
    {
        if (orientation == 0)
        {
            source[..destination.Length].CopyTo(destination);
            return;
        }

        int plane = size * size;
        for (int start = 0; start < destination.Length; start += plane)
        {
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                {
                    int row = (orientation & 4) != 0 ? x : y, column = (orientation & 4) != 0 ? y : x;
                    row = (orientation & 2) != 0 ? size - 1 - row : row;
                    column = (orientation & 1) != 0 ? size - 1 - column : column;
                    destination[start + (y * size) + x] = source[start + (row * size) + column];
                }
            }
        }
    }

    /// <summary>Every picture comes once per epoch, in an order drawn for that epoch.</summary>
    private int PictureOf(long sample)
    {
        long epoch = sample / _source.Count;
        int position = (int)(sample % _source.Count);
        lock (_orderLock)
        {
            if (!_orders.TryGetValue(epoch, out int[]? order))
            {
                order = [.. Enumerable.Range(0, _source.Count)];
                SeededRandom random = SeededRandom.ForSample(_options.Seed, OrderStream, epoch);
                for (int i = order.Length - 1; i > 0; i--)
                {
                    int other = random.Next(i + 1);
                    (order[i], order[other]) = (order[other], order[i]);
                }

                foreach (long old in _orders.Keys.Where(e => e < epoch - 1).ToList())
                {
                    _orders.Remove(old);
                }

                _orders.Add(epoch, order);
            }

            return order[position];
        }
    }
}
