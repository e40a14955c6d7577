using System.Collections.Immutable;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
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
    private readonly ILabelledPatchSource? _labels;
    private readonly IPairedPatchSource? _pairs;
    private readonly IDegradation? _degradation;
    private readonly PatchSamplerOptions _options;
    private readonly Lock _orderLock = new();
    private readonly Dictionary<long, int[]> _orders = [];
    private readonly int[] _turns;
    private readonly ExposureProbe? _exposures;
    private readonly Lazy<ImmutableArray<KeyValuePair<string, string>>> _settings;

    /// <summary>Creates the sampler.</summary>
    /// <param name="source">Clean pictures, each at least as large as the largest patch.</param>
    /// <param name="degradation">
    /// What makes the network's input of a clean patch, or of its degraded partner where the source is an <see cref="IPairedPatchSource"/>;
    /// an <see cref="IPairDegradation"/> may change the clean patch, too.
    /// Without one, the input is the partner, or the clean patch itself where the source has no pairs.
    /// </param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="TrainingException">A picture is smaller than a patch.</exception>
    public PatchSampler(IPatchSource source, IDegradation? degradation, PatchSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
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
                throw DataErrors.PictureSmallerThanPatch(source.NameOf(i), (height, width), largest);
            }
        }

        if (source is IPairedPatchSource && degradation is IPairDegradation { ChangesTarget: true })
        {
            throw DataErrors.PairsOfSourceAndDegradation(degradation.GetType().Name);
        }

        if (source is IPairedPatchSource && options.MinimumScale < 1)
        {
            throw DataErrors.PairsReduced(options.MinimumScale);
        }

        _source = source;
        _labels = source as ILabelledPatchSource;
        _pairs = source as IPairedPatchSource;
        _degradation = degradation;
        _options = options;
        _turns = options.ImagesByArea ? TurnsByArea(source) : [.. Enumerable.Range(0, source.Count)];
        _exposures = options.NormalizesExposure ? new ExposureProbe(source, degradation) : null;
        _settings = new(() => BatchSettings.Create(source, degradation, options));
    }

    /// <summary>Settings.</summary>
    public PatchSamplerOptions Options => _options;

    /// <summary>
    /// Everything that the batches depend on, as names and values, in the same text in every culture: samplers with the same list make the
    /// same batches. Pictures are told apart by their names without folders, their sizes and classes, and a part of their pixels; masks and
    /// degradations that are not of this library by what they make of a number of draws.
    /// </summary>
    /// <value>
    /// Such as <c>BatchSize</c>, 16 and <c>Degradation.MaximumSigma</c>, 55. Computed when it is asked for the first time, which reads some
    /// pictures.
    /// </value>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => _settings.Value;

    /// <summary>Number of pictures.</summary>
    public int ImageCount => _source.Count;

    /// <summary>
    /// Turns that pictures have in an epoch: their number, or more with <see cref="PatchSamplerOptions.ImagesByArea"/>.
    /// </summary>
    public int TurnsPerEpoch => _turns.Length;

    /// <summary>Channels of the pictures.</summary>
    public int Channels => _source.Channels;

    /// <summary>
    /// Number of classes of the pictures; <see langword="null"/> where the source is no <see cref="ILabelledPatchSource"/>.
    /// </summary>
    public int? ClassCount => _labels?.ClassCount;

    /// <summary>Whether the network's input is made of degraded partners (<see cref="IPairedPatchSource"/>).</summary>
    public bool IsPaired => _pairs is not null;

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
        var batch = new TrainingBatch(
            step,
            ImageTensor.CreateUninitialized(shape),
            ImageTensor.CreateUninitialized(shape),
            new string[_options.BatchSize],
            _options.Masks is null ? null : ImageTensor.CreateUninitialized(shape with { Channels = 1 }),
            _labels is null ? null : new int[_options.BatchSize]);
        try
        {
            for (int sample = 0; sample < _options.BatchSize; sample++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fill(batch, sample);
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private void Fill(TrainingBatch batch, int sample)
    {
        int size = batch.Target.Width, picture = PictureOf((batch.Step * _options.BatchSize) + sample);
        batch.SetSource(sample, _source.NameOf(picture));
        if (_labels is not null)
        {
            batch.SetLabel(sample, _labels.LabelOf(picture));
        }

        SeededRandom random = SeededRandom.ForSample(_options.Seed, batch.Step, sample);
        int side = SideOf(picture, size, random);
        using ImageTensor square = ImageTensor.CreateUninitialized(new ImageShape(1, _source.Channels, side, side));
        Span<float> crop = square.Span;
        (int top, int left) = ReadCrop(picture, side, crop, random);
        using ImageTensor clean = batch.Target.Image(sample), degraded = batch.Input.Image(sample);
        int orientation = _options.FlipAndRotate ? random.Next(8) : 0;
        if (side == size)
        {
            CopyOriented(crop, clean.Span, size, orientation);
        }
        else
        {
            using ImageTensor reduced = Resampling.Resize(square, size, size);
            reduced.Clamp();
            CopyOriented(reduced.Span, clean.Span, size, orientation);
        }

        if (_pairs is null)
        {
            clean.Span.CopyTo(degraded.Span);
        }
        else
        {
            _pairs.ReadDegraded(picture, top, left, size, size, crop);
            CopyOriented(crop, degraded.Span, size, orientation);
        }

        double stops = _exposures?.StopsOf(picture, random) ?? 0;
        if (_pairs is null && _degradation is IPairDegradation pair)
        {
            pair.ApplyToPair(clean, degraded, random);
        }
        else
        {
            _degradation?.Apply(degraded, random);
        }

        if (_options.Masks is { } masks)
        {
            Mask mask = masks.Create(size, size, random);
            mask.CopyTo(batch.Mask!.Plane(sample, 0));
            MissingPixels.Fill(degraded, mask, _options.Fill, random);
        }

        if (_exposures is not null)
        {
            AutoExposure.Apply(degraded, stops);
            if (_options.NormalizesTarget)
            {
                AutoExposure.Apply(clean, stops);
            }
        }
    }

    /// <summary>Draws how many rows and columns of a picture become a patch.</summary>
    private int SideOf(int picture, int size, SeededRandom random)
    {
        if (_options.MinimumScale == 1)
        {
            return size;
        }

        (int height, int width) = _source.SizeOf(picture);
        int largest = (int)Math.Min(size / _options.MinimumScale, Math.Min(height, width));
        return size + random.Next(largest - size + 1);
    }

    /// <summary>Draws a rectangle of a picture and reads it.</summary>
    /// <returns>Its first row and column.</returns>
    private (int Top, int Left) ReadCrop(int picture, int size, Span<float> crop, SeededRandom random)
    {
        (int height, int width) = _source.SizeOf(picture);
        (int top, int left) = Draw();
        if (_options.DetailCandidates > 1)
        {
            // One pass: the n-th candidate takes the place of those before with its share of the detail seen so far.
            (int bestTop, int bestLeft) = (top, left);
            double sum = 0;
            for (int i = 0; i < _options.DetailCandidates; i++)
            {
                _source.Read(picture, top, left, size, size, crop);
                double detail = Detail(crop, size);
                sum += detail;
                if (random.NextDouble() * sum < detail)
                {
                    (bestTop, bestLeft) = (top, left);
                }

                (top, left) = Draw();
            }

            (top, left) = (bestTop, bestLeft);
        }

        _source.Read(picture, top, left, size, size, crop);
        return (top, left);

        (int Top, int Left) Draw() => (random.Next(height - size + 1), random.Next(width - size + 1));
    }

    /// <summary>Sum of absolute differences between horizontal and vertical neighbours, in a fixed order.</summary>
    private static double Detail(ReadOnlySpan<float> planes, int size)
    {
        double sum = 0;
        for (int row = 0; row < planes.Length; row += size)
        {
            bool hasBelow = row / size % size != size - 1;
            for (int x = 0; x < size; x++)
            {
                sum += x + 1 < size ? Math.Abs(planes[row + x] - planes[row + x + 1]) : 0;
                sum += hasBelow ? Math.Abs(planes[row + x] - planes[row + size + x]) : 0;
            }
        }

        return sum;
    }

    /// <summary>
    /// Copies square planes in one of the eight orientations: bit 0 mirrors columns, bit 1 mirrors rows, bit 2 swaps them.
    /// </summary>
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

    /// <summary>
    /// Every turn of a picture comes <see cref="PatchSamplerOptions.PatchesPerImage"/> times per epoch, in an order drawn for that epoch.
    /// As many pictures as a batch has samples take turns, so that a batch shows different pictures and a small cache holds those in use.
    /// </summary>
    private int PictureOf(long sample)
    {
        long rounds = _options.PatchesPerImage, perEpoch = _turns.Length * rounds;
        (long epoch, long inEpoch) = Math.DivRem(sample, perEpoch);
        (long group, long inGroup) = Math.DivRem(inEpoch, _options.BatchSize * rounds);
        long first = group * _options.BatchSize, size = Math.Min(_options.BatchSize, _turns.Length - first);

        // Rounds start at different pictures: threads that make neighbouring batches decode different ones first.
        (long round, long turn) = Math.DivRem(inGroup, size);
        return OrderOf(epoch)[first + ((turn + (round * size / rounds)) % size)];
    }

    /// <summary>Each picture as often as its pixels go into those of the smallest.</summary>
    private static int[] TurnsByArea(IPatchSource source)
    {
        double[] areas = [.. Enumerable.Range(0, source.Count).Select(source.SizeOf).Select(size => (double)size.Height * size.Width)];
        double smallest = areas.Min();
        return [.. Enumerable.Range(0, source.Count)
            .SelectMany(i => Enumerable.Repeat(i, (int)Math.Min(PatchSamplerOptions.MostTurns, Math.Round(areas[i] / smallest))))];
    }

    private int[] OrderOf(long epoch)
    {
        lock (_orderLock)
        {
            if (!_orders.TryGetValue(epoch, out int[]? order))
            {
                order = [.. _turns];
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

            return order;
        }
    }
}
