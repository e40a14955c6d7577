namespace TorchSharp;

public static partial class torch
{
    // Activations; layers reach them through torch.nn.functional as well.
    public unsafe partial class Tensor
    {
        public Tensor relu() => Wrap(Native.ts_relu(Handle), this);

        public Tensor relu_()
        {
            Native.ts_relu_(Handle);
            return Changed();
        }

        public Tensor silu() => Wrap(Native.ts_silu(Handle), this);

        public Tensor silu_()
        {
            Native.ts_silu_(Handle);
            return Changed();
        }

        public Tensor sigmoid() => Wrap(Native.ts_sigmoid(Handle), this);

        public Tensor sigmoid_()
        {
            Native.ts_sigmoid_(Handle);
            return Changed();
        }

        public Tensor tanh() => Wrap(Native.ts_tanh(Handle), this);

        public Tensor tanh_()
        {
            Native.ts_tanh_(Handle);
            return Changed();
        }

        public Tensor gelu() => Wrap(Native.ts_gelu(Handle), this);

        public Tensor gelu_()
        {
            Native.ts_gelu_(Handle);
            return Changed();
        }

        public Tensor leaky_relu(Scalar negative_slope)
        {
            var v = negative_slope.Value;
            return Wrap(Native.ts_leaky_relu(Handle, &v), this);
        }

        public Tensor leaky_relu_(Scalar negative_slope)
        {
            var v = negative_slope.Value;
            Native.ts_leaky_relu_(Handle, &v);
            return Changed();
        }

        public Tensor prelu(Tensor target) => Wrap(Native.ts_prelu(Handle, target.Handle), this, target);

        public Tensor softplus(double beta = 1, double threshold = 20) => Wrap(Native.ts_softplus(Handle, beta, threshold), this);
    }
}
