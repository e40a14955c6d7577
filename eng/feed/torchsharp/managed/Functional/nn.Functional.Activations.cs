namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // What works in place returns an alias, so that input and output can be disposed each on its own.
        public static unsafe partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor silu(Tensor x) => x.silu();

            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => x.softplus(beta, threshold);
        }
    }
}
