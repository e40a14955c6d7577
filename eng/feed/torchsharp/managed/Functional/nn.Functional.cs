namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Linear layers, convolutions and normalisation.
        public static unsafe partial class functional
        {
            // libtorch repeats a single number for all dimensions.
            private static readonly long[] Zero = [0];
            private static readonly long[] One = [1];

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.Wrap(Native.ts_linear(input.Handle, weights.Handle, Optional(bias)), input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
            {
                strides ??= One;
                padding ??= Zero;
                dilation ??= One;
                fixed (long* s = strides, p = padding, d = dilation)
                {
                    return Tensor.Wrap(Native.ts_conv2d(input.Handle, weight.Handle, Optional(bias), s, strides.Length, p, padding.Length, d, dilation.Length, groups), input, weight, bias);
                }
            }

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
            {
                strides ??= One;
                padding ??= Zero;
                output_padding ??= Zero;
                dilation ??= One;
                fixed (long* s = strides, p = padding, o = output_padding, d = dilation)
                {
                    return Tensor.Wrap(Native.ts_conv_transpose2d(input.Handle, weight.Handle, Optional(bias), s, strides.Length, p, padding.Length, o, output_padding.Length, d, dilation.Length, groups), input, weight, bias);
                }
            }

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                var result = Native.ts_batch_norm(input.Handle, Optional(running_mean), Optional(running_var), Optional(weight), Optional(bias), training ? 1 : 0, momentum, eps);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return Tensor.Wrap(result, input, weight, bias);
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Tensor.Wrap(Native.ts_group_norm(input.Handle, num_groups, Optional(weight), Optional(bias), eps), input, weight, bias);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* p = normalized_shape)
                {
                    return Tensor.Wrap(Native.ts_layer_norm(input.Handle, p, normalized_shape.Length, Optional(weight), Optional(bias), eps), input, weight, bias);
                }
            }

            private static IntPtr Optional(Tensor? tensor) => tensor is null ? IntPtr.Zero : tensor.Handle;
        }
    }
}
