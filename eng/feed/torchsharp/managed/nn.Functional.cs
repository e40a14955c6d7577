namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static unsafe partial class functional
        {
            private static readonly long[] Zero = [0];
            private static readonly long[] One = [1];

            private static IntPtr Optional(Tensor? tensor) => tensor is null ? IntPtr.Zero : tensor.Handle;

            // ---- linear and convolution ----

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Tensor.Wrap(Native.ts_linear(input.Handle, weights.Handle, Optional(bias)), input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1)
            {
                long s = stride ?? 1, p = padding ?? 0, d = dilation ?? 1;
                return Tensor.Wrap(Native.ts_conv1d(input.Handle, weight.Handle, Optional(bias), &s, 1, &p, 1, &d, 1, groups), input, weight, bias);
            }

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

            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
            {
                strides ??= One;
                dilation ??= One;
                fixed (long* s = strides, d = dilation)
                {
                    return Tensor.Wrap(Native.ts_conv2d_same(input.Handle, weight.Handle, Optional(bias), s, strides.Length, (int)padding, d, dilation.Length, groups), input, weight, bias);
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

            // ---- normalisation ----

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                var result = Native.ts_batch_norm(input.Handle, Optional(running_mean), Optional(running_var), Optional(weight), Optional(bias), training ? 1 : 0, momentum, eps);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return Tensor.Wrap(result, input, weight, bias);
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Tensor.Wrap(Native.ts_group_norm(input.Handle, num_groups, Optional(weight), Optional(bias), eps), input, weight, bias);

            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5)
            {
                var result = Native.ts_instance_norm(input.Handle, Optional(running_mean), Optional(running_var), Optional(weight), Optional(bias), use_input_stats ? 1 : 0, momentum, eps);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return Tensor.Wrap(result, input, weight, bias);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* p = normalized_shape)
                {
                    return Tensor.Wrap(Native.ts_layer_norm(input.Handle, p, normalized_shape.Length, Optional(weight), Optional(bias), eps), input, weight, bias);
                }
            }

            // ---- activations ----

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);

            public static Tensor gelu(Tensor x, bool inplace) => inplace ? x.gelu_().alias() : x.gelu();

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                inplace ? x.gelu_(approximate).alias() : x.gelu(approximate);

            public static Tensor gelu(Tensor x) => gelu(x, false);

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();

            public static Tensor sigmoid(Tensor x, bool inplace = false) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => x.softplus(beta, threshold);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace)
                {
                    return Tensor.Wrap(Native.ts_dropout(input.Handle, p, training ? 1 : 0), input);
                }

                Native.ts_dropout_(input.Handle, p, training ? 1 : 0);
                CheckForErrors();
                return input.alias();
            }

            // ---- pooling and resampling ----

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            {
                strides ??= kernel_size;
                padding ??= Zero;
                dilation ??= One;
                fixed (long* k = kernel_size, s = strides, p = padding, d = dilation)
                {
                    return Tensor.Wrap(Native.ts_max_pool2d(input.Handle, k, kernel_size.Length, s, strides.Length, p, padding.Length, d, dilation.Length, ceil_mode ? 1 : 0), input);
                }
            }

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, long dilation = 1, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], [dilation], ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
            {
                stride ??= kernel_size;
                padding ??= Zero;
                fixed (long* k = kernel_size, s = stride, p = padding)
                {
                    return Tensor.Wrap(Native.ts_avg_pool2d(input.Handle, k, kernel_size.Length, s, stride.Length, p, padding.Length, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0, divisor_override is null ? 0 : 1, divisor_override ?? 0), input);
                }
            }

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size)
            {
                fixed (long* p = output_size)
                {
                    return Tensor.Wrap(Native.ts_adaptive_avg_pool2d(input.Handle, p, output_size.Length), input);
                }
            }

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, [output_size.Item1, output_size.Item2]);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size, output_size]);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Tensor.Wrap(Native.ts_pixel_shuffle(input.Handle, upscale_factor), input);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Tensor.Wrap(Native.ts_pixel_unshuffle(input.Handle, downscale_factor), input);

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Tensor.Wrap(Native.ts_unfold(input.Handle, kernel_size, kernel_size, dilation, dilation, padding, padding, stride, stride), input);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                fixed (long* p = pad)
                {
                    return Tensor.Wrap(Native.ts_pad(input.Handle, p, pad.Length, (int)mode, value), input);
                }
            }

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[input.ndim * 2];
                Array.Fill(all, pad);
                return functional.pad(input, (ReadOnlySpan<long>)all, mode, value);
            }

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false)
            {
                fixed (long* s = size)
                fixed (double* f = scale_factor)
                {
                    var align = align_corners switch { null => 0, true => 1, false => 2 };
                    return Tensor.Wrap(Native.ts_interpolate(x.Handle, s, size?.Length ?? 0, f, scale_factor?.Length ?? 0, (int)mode, align, recompute_scale_factor ? 1 : 0), x);
                }
            }

            // ---- losses ----

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(Native.ts_l1_loss(input.Handle, target.Handle, (long)reduction), input, target);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(Native.ts_mse_loss(input.Handle, target.Handle, (long)reduction), input, target);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(Native.ts_huber_loss(input.Handle, target.Handle, delta, (long)reduction), input, target);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Tensor.Wrap(Native.ts_smooth_l1_loss(input.Handle, target.Handle, beta, (long)reduction), input, target);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Tensor.Wrap(Native.ts_bce(input.Handle, target.Handle, Optional(weight), (long)reduction), input, target, weight);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                var result = Native.ts_bce_logits(input.Handle, target.Handle, Optional(weight), Optional(pos_weights), (long)reduction);
                GC.KeepAlive(pos_weights);
                return Tensor.Wrap(result, input, target, weight);
            }

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Tensor.Wrap(Native.ts_cross_entropy(input.Handle, target.Handle, Optional(weight), ignore_index, (long)reduction, label_smoothing), input, target, weight);
        }

        public static unsafe partial class utils
        {
            public static double clip_grad_norm_(IEnumerable<Modules.Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                var list = tensors.ToArray();
                var handles = Tensor.Handles(list);
                fixed (IntPtr* p = handles)
                {
                    var result = Native.ts_clip_grad_norm(p, handles.Length, max_norm, norm_type);
                    GC.KeepAlive(list);
                    CheckForErrors();
                    return result;
                }
            }

            public static void clip_grad_value_(IEnumerable<Modules.Parameter> tensors, double clip_value)
            {
                var list = tensors.ToArray();
                var handles = Tensor.Handles(list);
                fixed (IntPtr* p = handles)
                {
                    Native.ts_clip_grad_value(p, handles.Length, clip_value);
                    GC.KeepAlive(list);
                    CheckForErrors();
                }
            }
        }
    }
}
