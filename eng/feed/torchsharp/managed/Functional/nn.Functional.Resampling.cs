namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Tensor.Wrap(Native.ts_pixel_shuffle(input.Handle, upscale_factor), input);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Tensor.Wrap(Native.ts_pixel_unshuffle(input.Handle, downscale_factor), input);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false)
            {
                // Whether align_corners was given at all matters: nearest takes none.
                var align = align_corners switch { null => 0, true => 1, false => 2 };
                fixed (long* s = size)
                fixed (double* f = scale_factor)
                {
                    return Tensor.Wrap(Native.ts_interpolate(x.Handle, s, size?.Length ?? 0, f, scale_factor?.Length ?? 0, (int)mode, align, recompute_scale_factor ? 1 : 0), x);
                }
            }

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                fixed (long* p = pad)
                {
                    return Tensor.Wrap(Native.ts_pad(input.Handle, p, pad.Length, (int)mode, value), input);
                }
            }

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);
        }
    }
}
