using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }

    namespace Modules
    {
        public class AdamW : OptimizerHelper, IBetas
        {
            public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                if (lr < 0)
                {
                    throw new ArgumentException($"Invalid learning rate: {lr}");
                }

                if (eps < 0)
                {
                    throw new ArgumentException($"Invalid \u03b5: {eps}");
                }

                if (beta1 is < 0 or >= 1)
                {
                    throw new ArgumentException($"Invalid beta1: {beta1}");
                }

                if (beta2 is < 0 or >= 1)
                {
                    throw new ArgumentException($"Invalid beta2: {beta2}");
                }

                if (weight_decay < 0)
                {
                    throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
                }

                _defaults = new Options
                {
                    LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps,
                    weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
                };
                foreach (var group in parameters)
                {
                    add_param_group(group);
                }
            }

            public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

            private void Update(ParamGroup group)
            {
                var options = group.Options;
                double beta1 = options.beta1!.Value, beta2 = options.beta2!.Value;
                double decay = options.weight_decay!.Value, rate = options.LearningRate!.Value;
                foreach (var param in group.Parameters)
                {
                    var state = (State)_state[param.Handle];
                    var grad = param.grad;
                    if (grad is null)
                    {
                        continue;
                    }

                    if (options.maximize!.Value)
                    {
                        grad = -grad;
                    }

                    state.step += 1;
                    param.mul_(ScalarValue.Of(1 - (rate * decay)));

                    var correction1 = 1 - Math.Pow(beta1, state.step);
                    var correction2 = 1 - Math.Pow(beta2, state.step);
                    state.exp_avg.mul_(ScalarValue.Of(beta1)).add_(grad, ScalarValue.Of(1 - beta1));
                    state.exp_avg_sq.mul_(ScalarValue.Of(beta2)).addcmul_(grad, grad, 1 - beta2);
                    var second = state.exp_avg_sq;
                    if (options.amsgrad!.Value)
                    {
                        var before = state.max_exp_avg_sq!;
                        second = state.max_exp_avg_sq = before.maximum(state.exp_avg_sq).DetachFromDisposeScope();
                        before.Dispose();
                    }

                    var denominator = (second.sqrt() / Math.Sqrt(correction2)).add_(ScalarValue.Of(options.eps!.Value), ScalarValue.One);
                    param.addcdiv_(state.exp_avg, denominator, -(rate / correction1));
                }
            }

            public override void add_param_group(Modules.ParamGroup param_group)
            {
                var defaults = (Options)_defaults;
                var options = (Options)(param_group.Options ??= new Options());
                options.LearningRate ??= defaults.LearningRate;
                options.beta1 ??= defaults.beta1;
                options.beta2 ??= defaults.beta2;
                options.eps ??= defaults.eps;
                options.weight_decay ??= defaults.weight_decay;
                options.amsgrad ??= defaults.amsgrad;
                options.maximize ??= defaults.maximize;
                AddGroup(param_group, p => new State(p));
            }

            public (double, double) Betas
            {
                get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
                set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = (value.Item1, value.Item2);
            }

            public class State : OptimizerState, IDisposable
            {
                public long step;
                public Tensor exp_avg = null!;
                public Tensor exp_avg_sq = null!;
                public Tensor? max_exp_avg_sq;

                public State(Parameter parameter)
                    : base(parameter)
                {
                }

                public override void Initialize(OptimizerOptions options)
                {
                    Dispose();
                    step = 0;
                    exp_avg = Fresh();
                    exp_avg_sq = Fresh();
                    max_exp_avg_sq = ((Options)options).amsgrad == true ? Fresh() : null;
                }

                public void Dispose()
                {
                    exp_avg?.Dispose();
                    exp_avg_sq?.Dispose();
                    max_exp_avg_sq?.Dispose();
                    GC.SuppressFinalize(this);
                }

                public override void to(Device device)
                {
                    exp_avg = Moved(exp_avg, device)!;
                    exp_avg_sq = Moved(exp_avg_sq, device)!;
                    max_exp_avg_sq = Moved(max_exp_avg_sq, device);
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    writer.Write(step);
                    exp_avg.Save(writer);
                    exp_avg_sq.Save(writer);
                    SaveConditionalStateTensor(writer, max_exp_avg_sq);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    step = reader.ReadInt64();
                    exp_avg.Load(reader);
                    exp_avg_sq.Load(reader);
                    LoadConditional(reader, ref max_exp_avg_sq);
                }

                public override void LoadStateDict(OptimizerState source)
                {
                    var other = (State)source;
                    step = other.step;
                    Take(ref exp_avg!, other.exp_avg);
                    Take(ref exp_avg_sq!, other.exp_avg_sq);
                    Take(ref max_exp_avg_sq, other.max_exp_avg_sq);
                }

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State rhs && step == rhs.step && exp_avg.allclose(rhs.exp_avg) && exp_avg_sq.allclose(rhs.exp_avg_sq) &&
                    (max_exp_avg_sq is null || max_exp_avg_sq.allclose(rhs.max_exp_avg_sq!));
            }

            public class Options : OptimizerOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(beta1!.Value);
                    writer.Write(beta2!.Value);
                    writer.Write(eps!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(amsgrad!.Value);
                    writer.Write(maximize!.Value);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    beta1 = reader.ReadDouble();
                    beta2 = reader.ReadDouble();
                    eps = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    amsgrad = reader.ReadBoolean();
                    maximize = reader.ReadBoolean();
                }

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (beta1, beta2, eps) = (other.beta1, other.beta2, other.eps);
                    (weight_decay, amsgrad, maximize) = (other.weight_decay, other.amsgrad, other.maximize);
                }
            }

            public class ParamGroup : ParamGroup<Options>, IBetas
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                    : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
                {
                }

                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = (value.Item1, value.Item2);
                }
            }
        }
    }
}
