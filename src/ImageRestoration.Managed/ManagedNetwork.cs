using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// A network ready to run: operations with packed weights, plans for the sizes met so far, contexts for runs. Thread-safe and re-entrant.
/// </summary>
internal sealed class ManagedNetwork : IDisposable
{
    internal const string DeviceName = "cpu";

    /// <summary>Contexts kept for later runs; each holds the memory of the largest run it served.</summary>
    private const int KeptContexts = 2;
    private readonly ImmutableArray<Operation> _operations;
    private readonly StepFactory _factory;
    private readonly PlanCache _plans;
    private readonly int _threads;
    private readonly int _outputs;
    private readonly Lock _lock = new();
    private readonly Stack<RunContext> _contexts = new(KeptContexts);
    private bool _disposed;

    /// <summary>Packs the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="options">Settings, validated.</param>
    /// <param name="outputs">How many of the network's outputs, from the first, are wanted; all where <see langword="null"/>.</param>
    /// <param name="kind">Vectors to compute with; the processor's widest where <see langword="null"/>.</param>
    internal ManagedNetwork(Network network, NetworkWeights weights, ManagedOptions options, int? outputs = null, VectorKind? kind = null)
    {
        Network = network;
        _outputs = outputs ?? network.Outputs.Length;
        _threads = options.EffectiveThreads;
        _factory = StepFactory.For(kind ?? VectorKinds.Widest, _threads);
        _operations = GraphFusion.Create(network, weights, _factory.Kind, options.AllowWinograd, _outputs);
        _plans = new PlanCache(options.CachedPlans, input => PlanBuilder.Create(network, _operations, _factory, input, _outputs));
    }

    internal Network Network { get; }

    /// <summary>
    /// Where tiles of pictures must start for a network's rounding to be that of the whole picture; null: at its size multiple.
    /// </summary>
    /// <remarks>Winograd's algorithm rounds each pixel of its 4×4 blocks in a way of its own, on every scale of the network.</remarks>
    internal static Size2d? TileAlignmentOf(Network network, ManagedOptions options)
    {
        Size2d multiple = network.SizeMultiple;
        return options.AllowWinograd && network.Layers.OfType<Conv2dLayer>().Any(WinogradWeights.Fit)
            ? new Size2d(multiple.Height * WinogradWeights.OutputTile, multiple.Width * WinogradWeights.OutputTile)
            : null;
    }

    internal int CachedPlans => _plans.Count;

    internal ImmutableArray<Operation> Operations => _operations;

    /// <summary>The plan for an input size.</summary>
    /// <exception cref="TensorShapeException">The network does not take the size.</exception>
    internal ExecutionPlan PlanFor(ImageShape input) => _plans.Get(input);

    /// <summary>Runs the network and returns its wanted outputs, which the caller disposes.</summary>
    internal ImageTensor[] Run(ReadOnlySpan<ImageTensor> inputs, CancellationToken cancellationToken)
    {
        ExecutionPlan plan = PlanFor(inputs[0].Shape);
        var outputs = new ImageTensor[plan.OutputShapes.Length];
        try
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = ImageTensor.CreateUninitialized(plan.OutputShapes[i]);
            }

            Run(plan, inputs, outputs, cancellationToken);
            return outputs;
        }
        catch
        {
            foreach (ImageTensor? output in outputs)
            {
                output?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Runs the network into tensors of the plan's shapes.</summary>
    internal void Run(
        ExecutionPlan plan, ReadOnlySpan<ImageTensor> inputs, ReadOnlySpan<ImageTensor> outputs, CancellationToken cancellationToken)
    {
        ThrowIfUnfit(plan.InputShapes, inputs, "input");
        ThrowIfUnfit(plan.OutputShapes, outputs, "output");
        RunContext context = RentContext();
        try
        {
            context.Run(plan, inputs, outputs, cancellationToken);
        }
        finally
        {
            ReturnContext(context);
        }
    }

    /// <summary>Lets go of the buffers; runs in progress finish undisturbed.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _contexts.Clear();
        }
    }

    private static void ThrowIfUnfit(ImmutableArray<ImageShape> shapes, ReadOnlySpan<ImageTensor> tensors, string what)
    {
        if (tensors.Length != shapes.Length)
        {
            throw new TensorShapeException($"{tensors.Length} {what} tensor(s) were given; the network has {shapes.Length}.");
        }

        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i].Shape != shapes[i])
            {
                throw new TensorShapeException(
                    Invariant($"The {what} tensor {i} is {tensors[i].Shape}; the network needs {shapes[i]} beside its first input."));
            }
        }
    }

    private RunContext RentContext()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_contexts.TryPop(out RunContext? context))
            {
                return context;
            }
        }

        return new RunContext(Network.Inputs.Length, _outputs, _threads);
    }

    private void ReturnContext(RunContext context)
    {
        lock (_lock)
        {
            if (!_disposed && _contexts.Count < KeptContexts)
            {
                _contexts.Push(context);
            }
        }
    }
}
