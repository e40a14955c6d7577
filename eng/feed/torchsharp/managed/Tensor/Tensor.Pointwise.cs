namespace TorchSharp;

public static partial class torch
{
    // Functions of one tensor, element by element.
    public unsafe partial class Tensor
    {
        public Tensor abs() => Wrap(Native.ts_abs(Handle), this);

        public Tensor abs_()
        {
            Native.ts_abs_(Handle);
            return Changed();
        }

        public Tensor neg() => Wrap(Native.ts_neg(Handle), this);

        public Tensor neg_()
        {
            Native.ts_neg_(Handle);
            return Changed();
        }

        public Tensor exp() => Wrap(Native.ts_exp(Handle), this);

        public Tensor exp_()
        {
            Native.ts_exp_(Handle);
            return Changed();
        }

        public Tensor log() => Wrap(Native.ts_log(Handle), this);

        public Tensor log_()
        {
            Native.ts_log_(Handle);
            return Changed();
        }

        public Tensor sqrt() => Wrap(Native.ts_sqrt(Handle), this);

        public Tensor sqrt_()
        {
            Native.ts_sqrt_(Handle);
            return Changed();
        }

        public Tensor rsqrt() => Wrap(Native.ts_rsqrt(Handle), this);

        public Tensor rsqrt_()
        {
            Native.ts_rsqrt_(Handle);
            return Changed();
        }

        public Tensor square() => Wrap(Native.ts_square(Handle), this);

        public Tensor square_()
        {
            Native.ts_square_(Handle);
            return Changed();
        }

        public Tensor reciprocal() => Wrap(Native.ts_reciprocal(Handle), this);

        public Tensor reciprocal_()
        {
            Native.ts_reciprocal_(Handle);
            return Changed();
        }

        public Tensor isfinite() => Wrap(Native.ts_isfinite(Handle), this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            var lo = min?.Value ?? default;
            var hi = max?.Value ?? default;
            return Wrap(Native.ts_clamp(Handle, min is null ? null : &lo, max is null ? null : &hi), this);
        }

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            var lo = min?.Value ?? default;
            var hi = max?.Value ?? default;
            Native.ts_clamp_(Handle, min is null ? null : &lo, max is null ? null : &hi);
            return Changed();
        }
    }
}
