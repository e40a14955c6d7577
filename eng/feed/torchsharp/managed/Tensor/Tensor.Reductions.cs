namespace TorchSharp;

public static partial class torch
{
    // Reductions, over all elements or some dimensions.
    public unsafe partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Wrap(Native.ts_sum(Handle, CodeOrAsInput(type)), this);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)[dim], keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dim)
            {
                return Wrap(Native.ts_sum_dims(Handle, p, dim.Length, keepdim ? 1 : 0, CodeOrAsInput(type)), this);
            }
        }

        public Tensor mean() => Wrap(Native.ts_mean(Handle), this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_mean_dims(Handle, p, dimensions.Length, keepdim ? 1 : 0, CodeOrAsInput(type)), this);
            }
        }

        public Tensor var(bool unbiased = true) => Wrap(Native.ts_var(Handle, unbiased ? 1 : 0), this);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_var_dims(Handle, p, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0), this);
            }
        }

        public Tensor std(bool unbiased = true) => Wrap(Native.ts_std(Handle, unbiased ? 1 : 0), this);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_std_dims(Handle, p, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0), this);
            }
        }

        public Tensor max() => Wrap(Native.ts_max(Handle), this);

        public Tensor min() => Wrap(Native.ts_min(Handle), this);

        public Tensor amax(long[] dims, bool keepdim = false)
        {
            fixed (long* p = dims)
            {
                return Wrap(Native.ts_amax(Handle, p, dims.Length, keepdim ? 1 : 0), this);
            }
        }

        public Tensor amin(long[] dims, bool keepdim = false)
        {
            fixed (long* p = dims)
            {
                return Wrap(Native.ts_amin(Handle, p, dims.Length, keepdim ? 1 : 0), this);
            }
        }

        public Tensor all() => Wrap(Native.ts_all(Handle), this);

        public Tensor any() => Wrap(Native.ts_any(Handle), this);

        public Tensor norm(float p = 2.0f) => Wrap(Native.ts_norm(Handle, p), this);
    }
}
