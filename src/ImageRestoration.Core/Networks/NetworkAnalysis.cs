using System.Collections.Immutable;
using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>What follows from a graph alone: channels, sizes, cost and receptive field.</summary>
internal sealed record NetworkAnalysis(double MacsPerPixel, double ValuesPerPixel, ReceptiveField ReceptiveField, ReceptiveField TileHalo)
{
    private const int LargestScale = 1 << 12;

    /// <summary>Layers and their inputs times phases: at most a second's work.</summary>
    private const long MostSteps = 1 << 20;

    internal static NetworkAnalysis Create(Network network, Dictionary<string, AffineSize> heights, Dictionary<string, AffineSize> widths)
    {
        double macs = 0;
        foreach (Layer layer in network.Layers)
        {
            double perPosition = layer.MacsPerPosition(ChannelsOfInputs(network, layer));
            macs += perPosition * Scale(heights[layer.Name]) * Scale(widths[layer.Name]);
        }

        ReceptiveField field = Join(Reach(network, SpatialAxis.Height, heights), Reach(network, SpatialAxis.Width, widths));
        ReceptiveField halo = Join(Halo(network, SpatialAxis.Height, heights), Halo(network, SpatialAxis.Width, widths));
        double values = PeakValues(network, name => network.ChannelsOf(name) * Scale(heights[name]) * Scale(widths[name]));
        return new NetworkAnalysis(macs, values, field, halo);

        static double Scale(AffineSize size) => (double)size.Numerator / size.Denominator;
    }

    internal static Dictionary<string, int> InferChannels(ImmutableArray<NetworkInput> inputs, ImmutableArray<Layer> layers)
    {
        var channels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (NetworkInput input in inputs)
        {
            channels.Add(input.Name, input.Channels);
        }

        foreach (Layer layer in layers)
        {
            channels.Add(layer.Name, layer.InferChannels([.. layer.Inputs.Select(i => channels[i])]));
        }

        return channels;
    }

    internal static (Dictionary<string, AffineSize> Heights, Dictionary<string, AffineSize> Widths) InferAffineSizes(
        ImmutableArray<NetworkInput> inputs, ImmutableArray<Layer> layers)
    {
        var heights = inputs.ToDictionary(i => i.Name, i => i.Scale, StringComparer.Ordinal);
        var widths = new Dictionary<string, AffineSize>(heights, StringComparer.Ordinal);
        foreach (Layer layer in layers)
        {
            heights.Add(layer.Name, InferAffineSize(layer, SpatialAxis.Height, heights));
            widths.Add(layer.Name, InferAffineSize(layer, SpatialAxis.Width, widths));
        }

        return (heights, widths);
    }

    internal static int SizeMultiple(Dictionary<string, AffineSize> sizes)
    {
        long multiple = 1;
        foreach (AffineSize size in sizes.Values)
        {
            // Both are at most LargestScale, so that their multiple cannot overflow.
            multiple = AffineSize.LeastCommonMultiple(multiple, size.Denominator);
            if (multiple > LargestScale)
            {
                throw NetworkErrors.LargeMultiple(multiple, LargestScale);
            }
        }

        return (int)multiple;
    }

    /// <summary>
    /// Bounds the positions relative to the strides, and what following them through the layers costs, so that a hostile file cannot make
    /// the analysis endless.
    /// </summary>
    internal static void ThrowIfTooManyPhases(Network network)
    {
        NetworkOutput output = network.Outputs[0];
        long phases = Math.Max(
            Phases(network.SizeMultiple.Height, output.HeightScale), Phases(network.SizeMultiple.Width, output.WidthScale));
        if (phases > LargestScale)
        {
            throw NetworkErrors.LargeBlocks(network, LargestScale);
        }

        long steps = phases * network.Layers.Sum(layer => 1L + layer.Inputs.Length);
        if (phases > 1 && steps > MostSteps)
        {
            throw NetworkErrors.LongAnalysis(network, phases, steps, MostSteps);
        }
    }

    internal static void ThrowIfDuplicatesOrUnused(Network network)
    {
        var outputNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (NetworkOutput output in network.Outputs)
        {
            if (!outputNames.Add(output.Name))
            {
                throw NetworkErrors.TwoOutputs(network, output);
            }
        }

        var used = network.Outputs.Select(o => o.Value).ToHashSet(StringComparer.Ordinal);
        foreach (Layer layer in network.Layers.Reverse())
        {
            if (!used.Contains(layer.Name))
            {
                throw NetworkErrors.UnusedLayer(network, layer);
            }

            used.UnionWith(layer.Inputs);
        }

        if (network.Inputs.FirstOrDefault(i => !used.Contains(i.Name)) is { } unused)
        {
            throw NetworkErrors.UnusedInput(network, unused);
        }
    }

    internal static Dictionary<string, ImageShape> InferShapes(Network network, ImageShape input)
    {
        NetworkInput first = network.Inputs[0];
        if (input.Channels != first.Channels)
        {
            throw NetworkErrors.WrongChannels(network, input.Channels, first.Channels);
        }

        var shapes = new Dictionary<string, ImageShape>(StringComparer.Ordinal);
        foreach (NetworkInput declared in network.Inputs)
        {
            // The first input may itself be a latent at a fraction of the picture's size; others are relative to the same picture.
            shapes.Add(declared.Name, input with
            {
                Channels = declared.Channels,
                Height = Rescale(input.Height, first.Scale, declared.Scale),
                Width = Rescale(input.Width, first.Scale, declared.Scale),
            });
        }

        foreach (Layer layer in network.Layers)
        {
            int height = InferSize(network, layer, SpatialAxis.Height, shapes);
            int width = InferSize(network, layer, SpatialAxis.Width, shapes);
            if (height < 1 || width < 1)
            {
                throw NetworkErrors.NothingLeft(network, input, layer);
            }

            shapes.Add(layer.Name, new ImageShape(input.Batch, network.ChannelsOf(layer.Name), height, width));
        }

        return shapes;
    }

    internal static ImmutableArray<int> ChannelsOfInputs(Network network, Layer layer) => [.. layer.Inputs.Select(network.ChannelsOf)];

    /// <summary>The most numbers that are held at once when layers run in order and values are kept until their last use.</summary>
    /// <param name="network">The network.</param>
    /// <param name="valuesOf">How many numbers an input or the result of a layer has.</param>
    internal static double PeakValues(Network network, Func<string, double> valuesOf)
    {
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            foreach (string name in network.Layers[i].Inputs)
            {
                lastUse[name] = i;
            }
        }

        foreach (NetworkOutput output in network.Outputs)
        {
            lastUse[output.Value] = int.MaxValue;
        }

        double held = network.Inputs.Sum(input => valuesOf(input.Name)), peak = held;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Layer layer = network.Layers[i];
            held += valuesOf(layer.Name);
            peak = Math.Max(peak, held);
            held -= layer.Inputs.Distinct(StringComparer.Ordinal).Where(name => lastUse[name] == i).Sum(valuesOf);
        }

        return peak;
    }

    private static ReceptiveField Join((int Before, int After)? rows, (int Before, int After)? columns) => rows is { } r && columns is { } c
        ? new ReceptiveField(r.Before, r.After, c.Before, c.After, IsGlobal: false)
        : ReceptiveField.Global;

    private static long Phases(long multiple, AffineSize scale) => Math.Max(1, multiple * scale.Numerator / scale.Denominator);

    private static AffineSize InferAffineSize(Layer layer, SpatialAxis axis, Dictionary<string, AffineSize> sizes)
    {
        AffineSize input = Common(layer, axis, sizes);
        try
        {
            AffineSize size = layer.InferSize(axis, input);
            if (size.Numerator <= LargestScale && size.Denominator <= LargestScale)
            {
                return size;
            }
        }
        catch (OverflowException)
        {
            // Far beyond the largest scale: the same error.
        }

        throw NetworkErrors.LargeScale(layer, axis, LargestScale);
    }

    private static int InferSize(Network network, Layer layer, SpatialAxis axis, Dictionary<string, ImageShape> shapes)
    {
        // What is repeated is known from the graph: an extent that happens to be 1 because the picture is no multiple is an error.
        string leading = layer.Inputs.FirstOrDefault(name => !IsRepeated(layer, network.ExtentOf(name, axis)), layer.Inputs[0]);
        int extent = ExtentAlong(axis, shapes[leading]);
        foreach (string name in layer.Inputs)
        {
            if (ExtentAlong(axis, shapes[name]) != extent && !IsRepeated(layer, network.ExtentOf(name, axis)))
            {
                throw NetworkErrors.SizesDiffer(network, layer, leading, shapes[leading], name, shapes[name]);
            }
        }

        try
        {
            return layer.InferSize(axis, extent);
        }
        catch (OverflowException e)
        {
            throw NetworkErrors.LargeExtent(layer, axis, extent, e);
        }
    }

    private static int ExtentAlong(SpatialAxis axis, ImageShape shape) => axis == SpatialAxis.Height ? shape.Height : shape.Width;

    private static bool IsRepeated(Layer layer, AffineSize size) => layer.Broadcasts && size == AffineSize.SinglePixel;

    private static int Rescale(int extent, AffineSize from, AffineSize to)
        => checked((int)(extent * from.Denominator * to.Numerator / (from.Numerator * to.Denominator)));

    private static AffineSize Common(Layer layer, SpatialAxis axis, Dictionary<string, AffineSize> sizes)
    {
        string leading = layer.Inputs.FirstOrDefault(name => !IsRepeated(layer, sizes[name]), layer.Inputs[0]);
        AffineSize first = sizes[leading];
        foreach (string name in layer.Inputs)
        {
            if (sizes[name] != first && !IsRepeated(layer, sizes[name]))
            {
                throw NetworkErrors.ScalesDiffer(layer, axis, leading, first, name, sizes[name]);
            }
        }

        return first;
    }

    /// <summary>Largest distance, over all strides' phases, from the pixels that an output pixel covers to those it depends on.</summary>
    private static (int Before, int After)? Reach(Network network, SpatialAxis axis, Dictionary<string, AffineSize> sizes)
    {
        NetworkOutput output = network.Outputs[0];
        string input = network.Inputs[0].Name;
        AffineSize inputScale = sizes[input], outputScale = sizes[output.Value];
        if (outputScale.Numerator == 0)
        {
            return null;
        }

        // Output extent = input extent × numerator / denominator (+ offset).
        long numerator = outputScale.Numerator * inputScale.Denominator, denominator = outputScale.Denominator * inputScale.Numerator;
        long phases = Phases(network.SizeMultiple.Along(axis), outputScale);
        long before = 0, after = 0;
        for (long phase = 0; phase < phases; phase++)
        {
            if (Needed(network, axis, new PixelInterval(phase, phase)) is not { } needed)
            {
                return null;
            }

            if (needed.TryGetValue(input, out PixelInterval reach))
            {
                long coveredFirst = AffineSize.FloorDivide(phase * denominator, numerator);
                long coveredLast = Math.Max(coveredFirst, AffineSize.FloorDivide(((phase + 1) * denominator) - 1, numerator));
                before = Math.Max(before, coveredFirst - reach.First);
                after = Math.Max(after, reach.Last - coveredLast);
            }
        }

        return ((int)before, (int)after);
    }

    /// <summary>
    /// How far beyond a block of pixels between multiples of the size multiple a tile must reach, so that the block is computed from the
    /// same values as in the whole picture: no value between that the block needs, of any input, may lie outside what the tile has.
    /// </summary>
    private static (int Before, int After)? Halo(Network network, SpatialAxis axis, Dictionary<string, AffineSize> sizes)
    {
        NetworkOutput output = network.Outputs[0];
        long multiple = network.SizeMultiple.Along(axis);
        if (Needed(network, axis, new PixelInterval(0, Phases(multiple, sizes[output.Value]) - 1)) is not { } needed)
        {
            return null;
        }

        long before = 0, after = 0;
        foreach ((string name, PixelInterval interval) in needed)
        {
            AffineSize size = sizes[name];
            if (size.Numerator == 0)
            {
                return null;
            }

            // Of n pixels a tile has positions 0 to n × numerator / denominator + offset − 1 of this value.
            before = Math.Max(before, -AffineSize.FloorDivide(interval.First * size.Denominator, size.Numerator));
            long end = -AffineSize.FloorDivide(-(interval.Last + 1 - size.Offset) * size.Denominator, size.Numerator);
            after = Math.Max(after, end - multiple);
        }

        return ((int)before, (int)after);
    }

    /// <summary>The positions of every value that positions of the first output depend on, or nothing where a layer looks at all.</summary>
    private static Dictionary<string, PixelInterval>? Needed(Network network, SpatialAxis axis, PixelInterval output)
    {
        var needed = new Dictionary<string, PixelInterval>(StringComparer.Ordinal) { [network.Outputs[0].Value] = output };
        foreach (Layer layer in network.Layers.Reverse())
        {
            if (!needed.TryGetValue(layer.Name, out PixelInterval interval))
            {
                continue;
            }

            if (layer.InferDependency(axis, interval) is not { } dependency)
            {
                return null;
            }

            foreach (string name in layer.Inputs)
            {
                needed[name] = needed.TryGetValue(name, out PixelInterval known) ? known.Union(dependency) : dependency;
            }
        }

        return needed;
    }
}
