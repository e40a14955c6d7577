namespace TorchSharp;

public static partial class torch
{
    // Element-wise arithmetic, comparisons and reductions.
    public unsafe partial class Tensor
    {
        public Tensor abs() => Wrap(Native.ts_abs(Handle), this);
        public Tensor neg() => Wrap(Native.ts_neg(Handle), this);
        public Tensor exp() => Wrap(Native.ts_exp(Handle), this);
        public Tensor expm1() => Wrap(Native.ts_expm1(Handle), this);
        public Tensor log() => Wrap(Native.ts_log(Handle), this);
        public Tensor log2() => Wrap(Native.ts_log2(Handle), this);
        public Tensor log10() => Wrap(Native.ts_log10(Handle), this);
        public Tensor log1p() => Wrap(Native.ts_log1p(Handle), this);
        public Tensor sqrt() => Wrap(Native.ts_sqrt(Handle), this);
        public Tensor rsqrt() => Wrap(Native.ts_rsqrt(Handle), this);
        public Tensor square() => Wrap(Native.ts_square(Handle), this);
        public Tensor sign() => Wrap(Native.ts_sign(Handle), this);
        public Tensor sigmoid() => Wrap(Native.ts_sigmoid(Handle), this);
        public Tensor tanh() => Wrap(Native.ts_tanh(Handle), this);
        public Tensor relu() => Wrap(Native.ts_relu(Handle), this);
        public Tensor silu() => Wrap(Native.ts_silu(Handle), this);
        public Tensor isnan() => Wrap(Native.ts_isnan(Handle), this);
        public Tensor isinf() => Wrap(Native.ts_isinf(Handle), this);
        public Tensor isfinite() => Wrap(Native.ts_isfinite(Handle), this);
        public Tensor floor() => Wrap(Native.ts_floor(Handle), this);
        public Tensor ceil() => Wrap(Native.ts_ceil(Handle), this);
        public Tensor round() => Wrap(Native.ts_round(Handle), this);
        public Tensor trunc() => Wrap(Native.ts_trunc(Handle), this);
        public Tensor frac() => Wrap(Native.ts_frac(Handle), this);
        public Tensor sin() => Wrap(Native.ts_sin(Handle), this);
        public Tensor cos() => Wrap(Native.ts_cos(Handle), this);
        public Tensor erf() => Wrap(Native.ts_erf(Handle), this);
        public Tensor reciprocal() => Wrap(Native.ts_reciprocal(Handle), this);
        public Tensor logical_not() => Wrap(Native.ts_logical_not(Handle), this);
        public Tensor bitwise_not() => Wrap(Native.ts_bitwise_not(Handle), this);
        public Tensor hardswish() => Wrap(Native.ts_hardswish(Handle), this);
        public Tensor hardsigmoid() => Wrap(Native.ts_hardsigmoid(Handle), this);
        public Tensor log_sigmoid() => Wrap(Native.ts_log_sigmoid(Handle), this);
        public Tensor mish() => Wrap(Native.ts_mish(Handle), this);
        public Tensor relu6() => Wrap(Native.ts_relu6(Handle), this);
        public Tensor nonzero() => Wrap(Native.ts_nonzero(Handle), this);
        public Tensor t() => Wrap(Native.ts_t(Handle), this);
        public Tensor negative() => neg();

        public Tensor abs_()
        {
            Native.ts_abs_(Handle);
            return Changed();
        }

        public Tensor neg_()
        {
            Native.ts_neg_(Handle);
            return Changed();
        }

        public Tensor exp_()
        {
            Native.ts_exp_(Handle);
            return Changed();
        }

        public Tensor log_()
        {
            Native.ts_log_(Handle);
            return Changed();
        }

        public Tensor sqrt_()
        {
            Native.ts_sqrt_(Handle);
            return Changed();
        }

        public Tensor rsqrt_()
        {
            Native.ts_rsqrt_(Handle);
            return Changed();
        }

        public Tensor square_()
        {
            Native.ts_square_(Handle);
            return Changed();
        }

        public Tensor sigmoid_()
        {
            Native.ts_sigmoid_(Handle);
            return Changed();
        }

        public Tensor tanh_()
        {
            Native.ts_tanh_(Handle);
            return Changed();
        }

        public Tensor relu_()
        {
            Native.ts_relu_(Handle);
            return Changed();
        }

        public Tensor silu_()
        {
            Native.ts_silu_(Handle);
            return Changed();
        }

        public Tensor floor_()
        {
            Native.ts_floor_(Handle);
            return Changed();
        }

        public Tensor ceil_()
        {
            Native.ts_ceil_(Handle);
            return Changed();
        }

        public Tensor round_()
        {
            Native.ts_round_(Handle);
            return Changed();
        }

        public Tensor reciprocal_()
        {
            Native.ts_reciprocal_(Handle);
            return Changed();
        }

        public Tensor sign_()
        {
            Native.ts_sign_(Handle);
            return Changed();
        }

        public Tensor add(Tensor target) => add(target, ScalarValue.One);
        public Tensor add(Tensor target, Scalar alpha) => add(target, alpha.Value);
        public Tensor add(Scalar scalar) => add(scalar.Value, ScalarValue.One);
        public Tensor add(Scalar scalar, Scalar alpha) => add(scalar.Value, alpha.Value);
        public Tensor add_(Tensor target) => add_(target, ScalarValue.One);
        public Tensor add_(Tensor target, Scalar alpha) => add_(target, alpha.Value);
        public Tensor add_(Scalar scalar) => add_(scalar.Value, ScalarValue.One);
        public Tensor add_(Scalar scalar, Scalar alpha) => add_(scalar.Value, alpha.Value);
        internal Tensor add(Tensor other, ScalarValue alpha) => Wrap(Native.ts_add(Handle, other.Handle, &alpha), this, other);
        internal Tensor add(ScalarValue other, ScalarValue alpha) => Wrap(Native.ts_add_number(Handle, &other, &alpha), this);

        internal Tensor add_(Tensor other, ScalarValue alpha)
        {
            Native.ts_add_(Handle, other.Handle, &alpha);
            return Changed(other);
        }

        internal Tensor add_(ScalarValue other, ScalarValue alpha)
        {
            Native.ts_add_number_(Handle, &other, &alpha);
            return Changed();
        }

        public Tensor sub(Tensor target) => sub(target, ScalarValue.One);
        public Tensor sub(Tensor target, Scalar alpha) => sub(target, alpha.Value);
        public Tensor sub(Scalar scalar) => sub(scalar.Value, ScalarValue.One);
        public Tensor sub(Scalar scalar, Scalar alpha) => sub(scalar.Value, alpha.Value);
        public Tensor sub_(Tensor target) => sub_(target, ScalarValue.One);
        public Tensor sub_(Tensor target, Scalar alpha) => sub_(target, alpha.Value);
        public Tensor sub_(Scalar scalar) => sub_(scalar.Value, ScalarValue.One);
        public Tensor sub_(Scalar scalar, Scalar alpha) => sub_(scalar.Value, alpha.Value);
        internal Tensor sub(Tensor other, ScalarValue alpha) => Wrap(Native.ts_sub(Handle, other.Handle, &alpha), this, other);
        internal Tensor sub(ScalarValue other, ScalarValue alpha) => Wrap(Native.ts_sub_number(Handle, &other, &alpha), this);

        internal Tensor sub_(Tensor other, ScalarValue alpha)
        {
            Native.ts_sub_(Handle, other.Handle, &alpha);
            return Changed(other);
        }

        internal Tensor sub_(ScalarValue other, ScalarValue alpha)
        {
            Native.ts_sub_number_(Handle, &other, &alpha);
            return Changed();
        }

        public Tensor mul(Tensor target) => Wrap(Native.ts_mul(Handle, target.Handle), this, target);
        public Tensor mul(Scalar scalar) => mul(scalar.Value);
        internal Tensor mul(ScalarValue other) => Wrap(Native.ts_mul_number(Handle, &other), this);

        public Tensor mul_(Tensor target)
        {
            Native.ts_mul_(Handle, target.Handle);
            return Changed(target);
        }

        public Tensor mul_(Scalar scalar) => mul_(scalar.Value);

        internal Tensor mul_(ScalarValue other)
        {
            Native.ts_mul_number_(Handle, &other);
            return Changed();
        }

        public Tensor div(Tensor target) => Wrap(Native.ts_div(Handle, target.Handle), this, target);
        public Tensor div(Scalar target) => div(target.Value);
        internal Tensor div(ScalarValue other) => Wrap(Native.ts_div_number(Handle, &other), this);

        public Tensor div_(Tensor target)
        {
            Native.ts_div_(Handle, target.Handle);
            return Changed(target);
        }

        public Tensor div_(Scalar target) => div_(target.Value);

        internal Tensor div_(ScalarValue other)
        {
            Native.ts_div_number_(Handle, &other);
            return Changed();
        }

        public Tensor pow(Tensor exponent) => Wrap(Native.ts_pow(Handle, exponent.Handle), this, exponent);
        public Tensor pow(Scalar exponent) => pow(exponent.Value);
        internal Tensor pow(ScalarValue other) => Wrap(Native.ts_pow_number(Handle, &other), this);

        public Tensor pow_(Tensor exponent)
        {
            Native.ts_pow_(Handle, exponent.Handle);
            return Changed(exponent);
        }

        public Tensor pow_(Scalar exponent) => pow_(exponent.Value);

        internal Tensor pow_(ScalarValue other)
        {
            Native.ts_pow_number_(Handle, &other);
            return Changed();
        }

        public Tensor eq(Tensor target) => Wrap(Native.ts_eq(Handle, target.Handle), this, target);
        public Tensor eq(Scalar target) => eq(target.Value);
        internal Tensor eq(ScalarValue other) => Wrap(Native.ts_eq_number(Handle, &other), this);
        public Tensor ne(Tensor target) => Wrap(Native.ts_ne(Handle, target.Handle), this, target);
        public Tensor ne(Scalar target) => ne(target.Value);
        internal Tensor ne(ScalarValue other) => Wrap(Native.ts_ne_number(Handle, &other), this);
        public Tensor lt(Tensor target) => Wrap(Native.ts_lt(Handle, target.Handle), this, target);
        public Tensor lt(Scalar target) => lt(target.Value);
        internal Tensor lt(ScalarValue other) => Wrap(Native.ts_lt_number(Handle, &other), this);
        public Tensor le(Tensor target) => Wrap(Native.ts_le(Handle, target.Handle), this, target);
        public Tensor le(Scalar target) => le(target.Value);
        internal Tensor le(ScalarValue other) => Wrap(Native.ts_le_number(Handle, &other), this);
        public Tensor gt(Tensor target) => Wrap(Native.ts_gt(Handle, target.Handle), this, target);
        public Tensor gt(Scalar target) => gt(target.Value);
        internal Tensor gt(ScalarValue other) => Wrap(Native.ts_gt_number(Handle, &other), this);
        public Tensor ge(Tensor target) => Wrap(Native.ts_ge(Handle, target.Handle), this, target);
        public Tensor ge(Scalar target) => ge(target.Value);
        internal Tensor ge(ScalarValue other) => Wrap(Native.ts_ge_number(Handle, &other), this);
        public Tensor remainder(Tensor other) => Wrap(Native.ts_remainder(Handle, other.Handle), this, other);

        public Tensor maximum(Tensor other) => Wrap(Native.ts_maximum(Handle, other.Handle), this, other);
        public Tensor minimum(Tensor other) => Wrap(Native.ts_minimum(Handle, other.Handle), this, other);
        public Tensor logical_and(Tensor other) => Wrap(Native.ts_logical_and(Handle, other.Handle), this, other);
        public Tensor logical_or(Tensor other) => Wrap(Native.ts_logical_or(Handle, other.Handle), this, other);
        public Tensor logical_xor(Tensor other) => Wrap(Native.ts_logical_xor(Handle, other.Handle), this, other);
        public Tensor bitwise_and(Tensor other) => Wrap(Native.ts_bitwise_and(Handle, other.Handle), this, other);
        public Tensor bitwise_or(Tensor other) => Wrap(Native.ts_bitwise_or(Handle, other.Handle), this, other);
        public Tensor matmul(Tensor target) => Wrap(Native.ts_matmul(Handle, target.Handle), this, target);
        public Tensor mm(Tensor target) => Wrap(Native.ts_mm(Handle, target.Handle), this, target);
        public Tensor bmm(Tensor batch2) => Wrap(Native.ts_bmm(Handle, batch2.Handle), this, batch2);
        public Tensor prelu(Tensor target) => Wrap(Native.ts_prelu(Handle, target.Handle), this, target);
        public Tensor atan2(Tensor target) => Wrap(Native.ts_atan2(Handle, target.Handle), this, target);
        public Tensor dot(Tensor target) => Wrap(Native.ts_dot(Handle, target.Handle), this, target);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var v = value.Value;
            return Wrap(Native.ts_addcmul(Handle, tensor1.Handle, tensor2.Handle, &v), this, tensor1, tensor2);
        }

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var v = value.Value;
            Native.ts_addcmul_(Handle, tensor1.Handle, tensor2.Handle, &v);
            return Changed(tensor1, tensor2);
        }


        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var v = value.Value;
            return Wrap(Native.ts_addcdiv(Handle, tensor1.Handle, tensor2.Handle, &v), this, tensor1, tensor2);
        }

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var v = value.Value;
            Native.ts_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, &v);
            return Changed(tensor1, tensor2);
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);
        public Tensor lerp(Tensor end, Tensor weight) => Wrap(Native.ts_lerp(Handle, end.Handle, weight.Handle), this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Native.ts_lerp_(Handle, end.Handle, weight.Handle);
            return Changed(end, weight);
        }

        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            var lo = min?.Value ?? default;
            var hi = max?.Value ?? default;
            return Wrap(Native.ts_clamp(Handle, min is null ? null : &lo, max is null ? null : &hi), this);
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Wrap(Native.ts_clamp_tensor(Handle, min is null ? IntPtr.Zero : min.Handle, max is null ? IntPtr.Zero : max.Handle), this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            var lo = min?.Value ?? default;
            var hi = max?.Value ?? default;
            Native.ts_clamp_(Handle, min is null ? null : &lo, max is null ? null : &hi);
            return Changed();
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar?)null);
        public Tensor clamp_max(Scalar max) => clamp((Scalar?)null, max);
        public Tensor clamp_min_(Scalar min) => clamp_(min, null);
        public Tensor clamp_max_(Scalar max) => clamp_(null, max);

        public Tensor where(Tensor condition, Tensor y) => Wrap(Native.ts_where(condition.Handle, Handle, y.Handle), this, condition, y);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Wrap(Native.ts_isclose(Handle, other.Handle, rtol, atol, nanEqual ? 1 : 0), this, other);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            var result = Native.ts_allclose(Handle, target.Handle, rtol, atol, equal_nan ? 1 : 0);
            Changed(target);
            return result != 0;
        }

        // Compares shapes and values exactly.
        public bool Equals(Tensor target)
        {
            var result = Native.ts_equal(Handle, target.Handle);
            Changed(target);
            return result != 0;
        }

        public bool array_equal(Tensor target) => Equals(target);
        public bool equals(Tensor target) => Equals(target);

        public Tensor masked_fill(Tensor mask, Scalar value)
        {
            var v = value.Value;
            return Wrap(Native.ts_masked_fill(Handle, mask.Handle, &v), this, mask);
        }

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            var v = value.Value;
            Native.ts_masked_fill_(Handle, mask.Handle, &v);
            return Changed(mask);
        }

        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null)
        {
            Native.ts_normal_(Handle, mean, stddev);
            return Changed();
        }

        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Native.ts_uniform_(Handle, from, to);
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

        public Tensor gelu() => Wrap(Native.ts_gelu(Handle, 0), this);
        public Tensor gelu(Modules.GELU.Approximate approximate) => Wrap(Native.ts_gelu(Handle, (int)approximate), this);

        public Tensor gelu_()
        {
            Native.ts_gelu_(Handle, 0);
            return Changed();
        }

        public Tensor gelu_(Modules.GELU.Approximate approximate)
        {
            Native.ts_gelu_(Handle, (int)approximate);
            return Changed();
        }

        public Tensor softplus(double beta = 1, double threshold = 20) => Wrap(Native.ts_softplus(Handle, beta, threshold), this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Wrap(Native.ts_softmax(Handle, dim, TypeCode(dtype)), this);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Wrap(Native.ts_log_softmax(Handle, dim, TypeCode(dtype)), this);

        // ---- reductions ----

        private static int TypeCode(ScalarType? type) => type is null ? -1 : (int)type.Value;

        public Tensor sum(ScalarType? type = null) => Wrap(Native.ts_sum(Handle, TypeCode(type)), this);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dim)
            {
                return Wrap(Native.ts_sum_dims(Handle, p, dim.Length, keepdim ? 1 : 0, TypeCode(type)), this);
            }
        }

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)dim, keepdim, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum((ReadOnlySpan<long>)[dim], keepdim, type);

        public Tensor mean() => Wrap(Native.ts_mean(Handle), this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_mean_dims(Handle, p, dimensions.Length, keepdim ? 1 : 0, TypeCode(type)), this);
            }
        }

        public Tensor prod(ScalarType? type = null) => Wrap(Native.ts_prod(Handle, TypeCode(type)), this);

        public Tensor var(bool unbiased = true) => Wrap(Native.ts_var(Handle, unbiased ? 1 : 0), this);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_var_dims(Handle, p, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0), this);
            }
        }

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => Wrap(Native.ts_std(Handle, unbiased ? 1 : 0), this);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions)
            {
                return Wrap(Native.ts_std_dims(Handle, p, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0), this);
            }
        }

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std((ReadOnlySpan<long>)dimensions, unbiased, keepdim, type);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std((ReadOnlySpan<long>)[dim], unbiased, keepdim, type);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* p = dims)
            {
                return Wrap(Native.ts_amax(Handle, p, dims.Length, keepdim ? 1 : 0), this);
            }
        }

        public Tensor amax(long[] dims, bool keepdim = false) => amax((ReadOnlySpan<long>)dims, keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false)
        {
            fixed (long* p = dims)
            {
                return Wrap(Native.ts_amin(Handle, p, dims.Length, keepdim ? 1 : 0), this);
            }
        }

        public Tensor amin(long[] dims, bool keepdim = false) => amin((ReadOnlySpan<long>)dims, keepdim);

        public Tensor max() => Wrap(Native.ts_max(Handle), this);
        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            var pair = stackalloc IntPtr[2];
            Native.ts_max_dim(Handle, dim, keepdim ? 1 : 0, pair);
            Changed();
            return (new Tensor(pair[0]), new Tensor(pair[1]));
        }

        public Tensor min() => Wrap(Native.ts_min(Handle), this);
        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            var pair = stackalloc IntPtr[2];
            Native.ts_min_dim(Handle, dim, keepdim ? 1 : 0, pair);
            Changed();
            return (new Tensor(pair[0]), new Tensor(pair[1]));
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            var pair = stackalloc IntPtr[2];
            Native.ts_sort(Handle, dim, descending ? 1 : 0, stable ? 1 : 0, pair);
            Changed();
            return (new Tensor(pair[0]), new Tensor(pair[1]));
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            var pair = stackalloc IntPtr[2];
            Native.ts_topk(Handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, pair);
            Changed();
            return (new Tensor(pair[0]), new Tensor(pair[1]));
        }

        public Tensor median() => Wrap(Native.ts_median(Handle), this);
        public Tensor all() => Wrap(Native.ts_all(Handle), this);
        public Tensor any() => Wrap(Native.ts_any(Handle), this);
        public Tensor all(long dim, bool keepdim = false) => Wrap(Native.ts_all_dim(Handle, dim, keepdim ? 1 : 0), this);
        public Tensor any(long dim, bool keepdim = false) => Wrap(Native.ts_any_dim(Handle, dim, keepdim ? 1 : 0), this);
        public Tensor argmax() => Wrap(Native.ts_argmax(Handle, 0, 0, 0), this);
        public Tensor argmin() => Wrap(Native.ts_argmin(Handle, 0, 0, 0), this);
        public Tensor argmax(long dim, bool keepdim = false) => Wrap(Native.ts_argmax(Handle, 1, dim, keepdim ? 1 : 0), this);
        public Tensor argmin(long dim, bool keepdim = false) => Wrap(Native.ts_argmin(Handle, 1, dim, keepdim ? 1 : 0), this);
        public Tensor norm(float p = 2.0f) => Wrap(Native.ts_norm(Handle, p), this);
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Wrap(Native.ts_norm_dim(Handle, dim, keepdim ? 1 : 0, p), this);
        public Tensor cumsum(long dim, ScalarType? type = null) => Wrap(Native.ts_cumsum(Handle, dim, TypeCode(type)), this);

        // ---- operators ----

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Tensor left, int right) => left.add(ScalarValue.Of((long)right), ScalarValue.One);
        public static Tensor operator +(Tensor left, long right) => left.add(ScalarValue.Of(right), ScalarValue.One);
        public static Tensor operator +(Tensor left, float right) => left.add(ScalarValue.Of((double)right), ScalarValue.One);
        public static Tensor operator +(Tensor left, double right) => left.add(ScalarValue.Of(right), ScalarValue.One);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left.Value, ScalarValue.One);
        public static Tensor operator +(int left, Tensor right) => right.add(ScalarValue.Of((long)left), ScalarValue.One);
        public static Tensor operator +(long left, Tensor right) => right.add(ScalarValue.Of(left), ScalarValue.One);
        public static Tensor operator +(float left, Tensor right) => right.add(ScalarValue.Of((double)left), ScalarValue.One);
        public static Tensor operator +(double left, Tensor right) => right.add(ScalarValue.Of(left), ScalarValue.One);
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);
        public static Tensor operator -(Tensor left, int right) => left.sub(ScalarValue.Of((long)right), ScalarValue.One);
        public static Tensor operator -(Tensor left, long right) => left.sub(ScalarValue.Of(right), ScalarValue.One);
        public static Tensor operator -(Tensor left, float right) => left.sub(ScalarValue.Of((double)right), ScalarValue.One);
        public static Tensor operator -(Tensor left, double right) => left.sub(ScalarValue.Of(right), ScalarValue.One);
        public static Tensor operator -(Scalar left, Tensor right) => right.rsub(left.Value);
        public static Tensor operator -(int left, Tensor right) => right.rsub(ScalarValue.Of((long)left));
        public static Tensor operator -(long left, Tensor right) => right.rsub(ScalarValue.Of(left));
        public static Tensor operator -(float left, Tensor right) => right.rsub(ScalarValue.Of((double)left));
        public static Tensor operator -(double left, Tensor right) => right.rsub(ScalarValue.Of(left));
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Tensor left, int right) => left.mul(ScalarValue.Of((long)right));
        public static Tensor operator *(Tensor left, long right) => left.mul(ScalarValue.Of(right));
        public static Tensor operator *(Tensor left, float right) => left.mul(ScalarValue.Of((double)right));
        public static Tensor operator *(Tensor left, double right) => left.mul(ScalarValue.Of(right));
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left.Value);
        public static Tensor operator *(int left, Tensor right) => right.mul(ScalarValue.Of((long)left));
        public static Tensor operator *(long left, Tensor right) => right.mul(ScalarValue.Of(left));
        public static Tensor operator *(float left, Tensor right) => right.mul(ScalarValue.Of((double)left));
        public static Tensor operator *(double left, Tensor right) => right.mul(ScalarValue.Of(left));
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator /(Tensor left, int right) => left.div(ScalarValue.Of((long)right));
        public static Tensor operator /(Tensor left, long right) => left.div(ScalarValue.Of(right));
        public static Tensor operator /(Tensor left, float right) => left.div(ScalarValue.Of((double)right));
        public static Tensor operator /(Tensor left, double right) => left.div(ScalarValue.Of(right));
        public static Tensor operator /(Scalar left, Tensor right) => right.rdiv(left.Value);
        public static Tensor operator /(int left, Tensor right) => right.rdiv(ScalarValue.Of((long)left));
        public static Tensor operator /(long left, Tensor right) => right.rdiv(ScalarValue.Of(left));
        public static Tensor operator /(float left, Tensor right) => right.rdiv(ScalarValue.Of((double)left));
        public static Tensor operator /(double left, Tensor right) => right.rdiv(ScalarValue.Of(left));
        public static Tensor operator -(Tensor tensor) => tensor.neg();
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator ~(Tensor tensor) => tensor.bitwise_not();
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        private Tensor rsub(ScalarValue number) => Wrap(Native.ts_rsub_number(Handle, &number), this);

        private Tensor rdiv(ScalarValue number)
        {
            using var inverse = reciprocal();
            return inverse.mul(number);
        }

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }
}
