using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public abstract partial class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }

                public abstract void zero_grad(bool set_to_none = true);

                public virtual void add_param_group(ParamGroup param_group) => throw new NotImplementedException("add_param_group");

                public abstract Tensor? step(Func<Tensor>? closure = null);

                public abstract IEnumerable<Parameter> parameters();

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    public List<OptimizerOptions> Options { get; private set; } = [];

                    public List<OptimizerState> State { get; private set; } = [];
                }
            }

            public interface ILearningRateController
            {
                double LearningRate { set; get; }

                double InitialLearningRate { set; get; }
            }

            public interface IMomentum
            {
                double Momentum { get; set; }
            }

            public interface IBetas
            {
                (double, double) Betas { get; set; }
            }
        }
    }

    namespace Modules
    {
        public abstract class OptimizerHelper : Optimizer
        {
            protected OptimizerOptions _defaults = null!;

            // Keyed by native handle and kept in the parameters' order.
            private protected readonly Dictionary<IntPtr, OptimizerState> _state = [];

            public void save_state_dict(string location)
            {
                using var writer = new BinaryWriter(File.Create(location));
                save_state_dict(writer);
            }

            public void load_state_dict(string location)
            {
                using var reader = new BinaryReader(File.OpenRead(location));
                load_state_dict(reader);
            }

            public void save_state_dict(BinaryWriter writer)
            {
                var dictionary = state_dict();
                writer.Write(GetType().Name);
                writer.Encode(dictionary.Options.Count);
                writer.Encode(dictionary.State.Count);
                dictionary.Options.ForEach(o => o.SaveStateDict(writer));
                dictionary.State.ForEach(s => s.SaveStateDict(writer));
            }

            public void load_state_dict(BinaryReader reader)
            {
                var found = reader.ReadString();
                if (found != GetType().Name)
                {
                    throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{found}' in the loaded stream.");
                }

                var dictionary = state_dict();
                Check(reader.Decode(), reader.Decode(), dictionary);
                dictionary.Options.ForEach(o => o.LoadStateDict(reader));
                dictionary.State.ForEach(s => s.LoadStateDict(reader));
            }

            public virtual void load_state_dict(StateDictionary state_dict)
            {
                var own = this.state_dict();
                Check(state_dict.Options.Count, state_dict.State.Count, own);
                for (var i = 0; i < own.Options.Count; i++)
                {
                    if (!ReferenceEquals(own.Options[i], state_dict.Options[i]))
                    {
                        own.Options[i].LoadStateDict(state_dict.Options[i]);
                    }
                }

                for (var i = 0; i < own.State.Count; i++)
                {
                    if (!ReferenceEquals(own.State[i], state_dict.State[i]))
                    {
                        own.State[i].LoadStateDict(state_dict.State[i]);
                    }
                }
            }

            private static void Check(long options, long states, StateDictionary own)
            {
                if (options != own.Options.Count)
                {
                    throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
                }

                if (states != own.State.Count)
                {
                    throw new ArgumentException("Invalid optimizer state -- different number of states.");
                }
            }

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

            public void to(Device device)
            {
                foreach (var state in _state.Values)
                {
                    state.to(device);
                }
            }

            public override void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is null)
                    {
                        continue;
                    }

                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        using var none = no_grad();
                        grad.zero_();
                    }
                }
            }

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

            public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

            public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

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

            protected override void Dispose(bool disposing)
            {
                foreach (var state in _state.Values)
                {
                    (state as IDisposable)?.Dispose();
                }
            }
        }

        public class OptimizerOptions
        {
            public double? LearningRate { get; set; }

            public double InitialLearningRate { get; set; }

            public virtual void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(InitialLearningRate);
                writer.Write(LearningRate!.Value);
            }

            public virtual void LoadStateDict(BinaryReader reader)
            {
                InitialLearningRate = reader.ReadDouble();
                LearningRate = reader.ReadDouble();
            }

            public virtual void LoadStateDict(OptimizerOptions source)
            {
                InitialLearningRate = source.InitialLearningRate;
                LearningRate = source.LearningRate;
            }
        }

        public abstract class OptimizerState(Parameter parameter)
        {
            protected Parameter _parameter = parameter;

            public abstract void Initialize(OptimizerOptions options);

            public abstract void SaveStateDict(BinaryWriter writer);

            public abstract void LoadStateDict(BinaryReader reader);

            public abstract void LoadStateDict(OptimizerState source);

            public virtual bool ApproximatelyEquals(OptimizerState other) => false;

            public virtual void to(Device device)
            {
            }

            protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
            {
                writer.Write(tensor is not null);
                tensor?.Save(writer);
            }

            private protected Tensor Fresh() => zeros_like(_parameter).DetachFromDisposeScope();

            private protected void LoadConditional(BinaryReader reader, ref Tensor? result)
            {
                if (reader.ReadBoolean())
                {
                    result ??= Fresh();
                    result.Load(reader);
                }
                else
                {
                    result?.Dispose();
                    result = null;
                }
            }

            private protected void Take(ref Tensor? target, Tensor? source)
            {
                var copy = source?.to(source.dtype, _parameter.device, copy: true).DetachFromDisposeScope();
                target?.Dispose();
                target = copy;
            }

            private protected static Tensor? Moved(Tensor? tensor, Device device)
            {
                var moved = tensor?.to(device).DetachFromDisposeScope();
                tensor?.Dispose();
                return moved;
            }
        }

        public class ParamGroup : ILearningRateController
        {
            public IEnumerable<Parameter> Parameters { get; set; } = [];

            public OptimizerOptions Options { get; set; } = null!;

            public double LearningRate
            {
                get => Options.LearningRate!.Value;
                set => Options.LearningRate = value;
            }

            public double InitialLearningRate
            {
                get => Options.InitialLearningRate;
                set => Options.InitialLearningRate = value;
            }
        }

        public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
            {
                Parameters = parameters;
                base.Options = options!;
            }

            public new TOptions Options
            {
                get => (TOptions)base.Options;
                set => base.Options = value;
            }
        }
    }
}
