using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }

    namespace Modules
    {
        /// <summary>Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2.</summary>
        public class AdamW : OptimizerHelper
        {
            private readonly Options _defaults;

            public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                ThrowUnless(lr >= 0, $"Invalid learning rate: {lr}");
                ThrowUnless(eps >= 0, $"Invalid ε: {eps}");
                ThrowUnless(beta1 is >= 0 and < 1, $"Invalid beta1: {beta1}");
                ThrowUnless(beta2 is >= 0 and < 1, $"Invalid beta2: {beta2}");
                ThrowUnless(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
                _defaults = new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                };
                foreach (var group in parameters)
                {
                    Add(group);
                }
            }

            public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

            private static void ThrowUnless(bool valid, string message)
            {
                if (!valid)
                {
                    throw new ArgumentException(message);
                }
            }

            private void Add(ParamGroup group)
            {
                var options = group.Options ??= new Options();
                options.LearningRate ??= _defaults.LearningRate;
                options.beta1 ??= _defaults.beta1;
                options.beta2 ??= _defaults.beta2;
                options.eps ??= _defaults.eps;
                options.weight_decay ??= _defaults.weight_decay;
                options.amsgrad ??= _defaults.amsgrad;
                options.maximize ??= _defaults.maximize;
                AddGroup(group, p => new State(p));
            }

            private void Update(ParamGroup group)
            {
                var options = group.Options;
                double beta1 = options.beta1!.Value, beta2 = options.beta2!.Value;
                double decay = options.weight_decay!.Value, rate = options.LearningRate!.Value;
                foreach (var param in group.Parameters)
                {
                    var grad = param.grad;
                    if (grad is null)
                    {
                        continue;
                    }

                    if (options.maximize!.Value)
                    {
                        grad = -grad;
                    }

                    var state = (State)_state[param.Handle];
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
            }

            // Null stands for the optimizer's own setting.
            public class Options : OptimizerOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;
            }

            public class ParamGroup : ParamGroup<Options>
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
            }
        }
    }
}
