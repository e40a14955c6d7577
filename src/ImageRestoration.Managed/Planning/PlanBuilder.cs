using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Makes the plan of a network for one input size.</summary>
internal sealed class PlanBuilder
{
    private readonly Network _network;
    private readonly ImmutableArray<Operation> _operations;
    private readonly Dictionary<string, ImageShape> _shapes;
    private readonly Dictionary<string, int> _lastReader = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Halo> _halos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueLayout> _layouts = new(StringComparer.Ordinal);
    private readonly List<Step> _steps = [];
    private Dictionary<string, (string Parent, int FirstBlock)> _views = [];

    private PlanBuilder(Network network, ImmutableArray<Operation> operations, ImageShape input)
    {
        _network = network;
        _operations = operations;
        _shapes = new Dictionary<string, ImageShape>(network.InferShapes(input), StringComparer.Ordinal);
        foreach (Operation operation in operations.Where(o => o.Stage != OperationStage.Whole))
        {
            // Statistics are two pixels: of each row, or of the picture.
            ImageShape source = _shapes[operation.Inputs[0]];
            _shapes.Add(
                operation.Value, source with { Width = 2, Height = operation.Stage == OperationStage.RowStatistics ? source.Height : 1 });
        }
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="network">The network.</param>
    /// <param name="operations">Its operations.</param>
    /// <param name="factory">Makes the steps.</param>
    /// <param name="input">Shape of the first input.</param>
    /// <param name="outputs">Number of wanted outputs.</param>
    internal static ExecutionPlan Create(
        Network network, ImmutableArray<Operation> operations, StepFactory factory, ImageShape input, int outputs)
    {
        var builder = new PlanBuilder(network, operations, input);
        builder.ChoosePlaces();
        builder.ChooseLayouts();
        builder.AddSteps(factory, outputs);
        builder.ThrowIfTooManyTiles();
        ArenaBlock[] blocks = [.. builder._layouts.Values.Select(l => l.Storage).Distinct()];
        long length = ArenaPlanner.Place(blocks);
        return new ExecutionPlan(
            [.. builder._steps],
            length + builder.Slack(),
            builder._steps.Max(step => step.ScratchLength),
            Enumerable.Range(0, builder._steps.Count)
                .Max(step => blocks.Where(b => b.FirstStep <= step && step <= b.LastStep).Sum(b => b.Size)),
            [.. network.Inputs.Select(i => builder._shapes[i.Name])],
            [.. network.Outputs.Take(outputs).Select(o => builder._shapes[o.Value])]);
    }

    /// <summary>Elementwise operations write over their first input where nobody reads it later.</summary>
    private void ChoosePlaces()
    {
        foreach (NetworkInput input in _network.Inputs)
        {
            _places[input.Name] = input.Name;
        }

        for (int i = 0; i < _operations.Length; i++)
        {
            foreach (string input in _operations[i].Inputs)
            {
                _lastReader[input] = i;
            }
        }

        for (int i = 0; i < _operations.Length; i++)
        {
            Operation operation = _operations[i];
            bool inPlace = operation.CanWorkInPlace
                && _lastReader[operation.Inputs[0]] == i
                && _shapes[operation.Inputs[0]] == _shapes[operation.Value];
            _places[operation.Value] = inPlace ? _places[operation.Inputs[0]] : operation.Value;
        }
    }

    private void ChooseLayouts()
    {
        _views = ConcatViews.Find(_operations, _places, _shapes);
        foreach (Operation operation in _operations)
        {
            string place = RootOf(_places[operation.Inputs[0]]);
            _halos[place] = _halos.GetValueOrDefault(place).Union(HaloOf(operation));
        }

        var blocks = new Dictionary<string, ArenaBlock>(StringComparer.Ordinal);
        foreach ((string value, string place) in _places.Where(p => !_views.ContainsKey(p.Value)))
        {
            Halo halo = _halos.GetValueOrDefault(place);
            if (!blocks.TryGetValue(place, out ArenaBlock? block))
            {
                blocks.Add(place, block = new ArenaBlock(ValueLayout.SizeOf(_shapes[value], halo)));
            }

            _layouts.Add(value, new ValueLayout(_shapes[value], halo, block));
        }

        foreach ((string value, string place) in _places.Where(p => _views.ContainsKey(p.Value)))
        {
            (string parent, int firstBlock) = _views[place];
            _layouts.Add(value, new ValueLayout(_shapes[value].Channels, _layouts[parent], firstBlock));
        }
    }

    private string RootOf(string place) => _views.TryGetValue(place, out (string Parent, int FirstBlock) view) ? view.Parent : place;

    private Halo HaloOf(Operation operation)
    {
        ImageShape input = _shapes[operation.Inputs[0]], output = _shapes[operation.Value];
        int height = output.Height / operation.Shuffle, width = output.Width / operation.Shuffle;
        if (operation.Convolution is { } convolution)
        {
            return convolution.Passes.Aggregate(
                default(Halo),
                (halo, pass) => halo.Union(pass.HaloFor(input.Height, input.Width, pass.RowsOf(height), pass.ColumnsOf(width))));
        }

        if (!operation.Parts.IsEmpty)
        {
            return operation.Parts.Aggregate(default(Halo), (halo, part) => halo.Union(HaloOf(part)));
        }

        if (operation.Winograd is { } winograd)
        {
            return winograd.HaloFor(input.Height, input.Width, height, width);
        }

        return operation.Layer is Conv2dLayer plain
            ? ConvolutionPacker.PassOf(plain, (operation.Narrow?.Weights ?? operation.Depthwise?.Weights)!)
                .HaloFor(input.Height, input.Width, height, width)
            : default;
    }

    private void AddSteps(StepFactory factory, int outputs)
    {
        for (int i = 0; i < _network.Inputs.Length; i++)
        {
            ValueLayout layout = _layouts[_network.Inputs[i].Name];
            Add(new PackStep(_network.Inputs[i].Name, i, layout), layout);
            AddOutputs(_network.Inputs[i].Name, outputs);
        }

        foreach (Operation operation in _operations)
        {
            ValueLayout[] inputs = [.. operation.Inputs.Select(name => _layouts[name])];
            ValueLayout output = _layouts[operation.Value];
            foreach (Step step in factory.Create(operation, inputs, output))
            {
                Add(step, [.. inputs, output]);
            }

            AddOutputs(operation.Value, outputs);
        }
    }

    /// <summary>Copies a value out as soon as it is there, so that its place is free for others.</summary>
    private void AddOutputs(string value, int outputs)
    {
        for (int i = 0; i < outputs; i++)
        {
            if (_network.Outputs[i].Value == value)
            {
                Add(new UnpackStep(value, i, _layouts[value]), _layouts[value]);
            }
        }
    }

    private void Add(Step step, params ReadOnlySpan<ValueLayout> used)
    {
        foreach (ValueLayout layout in used)
        {
            layout.Storage.UseAt(_steps.Count);
        }

        _steps.Add(step);
    }

    private void ThrowIfTooManyTiles()
    {
        if (_steps.Count > TileScheduler.MostSteps || _steps.Exists(step => step.TileCount > TileScheduler.MostTiles))
        {
            throw new BackendException(
                $"Network '{_network.Name}' is too large a piece of work for the managed backend at {_shapes[_network.Inputs[0].Name]}. "
                    + "Process the picture in tiles or in smaller batches.");
        }
    }

    /// <summary>Room behind the last value: the last tile of a row reads a few pixels too many.</summary>
    private long Slack()
    {
        long pixels = 0;
        foreach (ConvolutionPass pass in _operations.SelectMany(o => o.Parts.Add(o))
            .Where(o => o.Convolution is not null)
            .SelectMany(o => o.Convolution!.Passes))
        {
            pixels = Math.Max(
                pixels,
                ((long)ConvolutionTileShapes.MostPixels * pass.StrideX)
                    + ((long)pass.KernelWidth * pass.DilationX)
                    + Math.Max(0, pass.OriginX));
        }

        return pixels * ValueLayout.Lanes;
    }
}
