using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What optimizers share that are written in C#.</summary>
public abstract class OptimizerHelper : Optimizer
{
    // By native handle: parameters compare by their values.
    private protected readonly Dictionary<IntPtr, OptimizerState> _state = [];

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            result.Options.Add(group.Options);
            foreach (var parameter in group.Parameters)
            {
                result.State.Add(_state[parameter.Handle]);
            }
        }

        return result;
    }

    // A missing gradient tells parameters that a step did not reach from those with a gradient of zero.
    public override void zero_grad()
    {
        foreach (var parameter in parameters())
        {
            parameter.grad = null;
        }
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

    // The scope frees what an update leaves behind: gradients and intermediate results.
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var on = enable_grad();
            loss = loss_closure();
        }

        using var none = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
        {
            body((T)group);
        }

        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var state in _state.Values)
        {
            (state as IDisposable)?.Dispose();
        }
    }

    private protected void AddGroup(ParamGroup group, Func<Parameter, OptimizerState> create)
    {
        group.Options.InitialLearningRate = group.Options.LearningRate!.Value;
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            var state = create(parameter);
            _state[parameter.Handle] = state;
            state.Initialize(group.Options);
        }
    }
}

public abstract class OptimizerState(Parameter parameter)
{
    protected Parameter _parameter = parameter;

    public abstract void Initialize(OptimizerOptions options);

    // State outlives the scope in which the optimizer was made.
    private protected Tensor Fresh() => zeros_like(_parameter).DetachFromDisposeScope();
}
