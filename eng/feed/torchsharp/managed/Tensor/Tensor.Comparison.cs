namespace TorchSharp;

public static partial class torch
{
    // Comparisons, element by element; the result is of type Bool.
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Wrap(Native.ts_eq(Handle, target.Handle), this, target);

        public Tensor eq(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_eq_number(Handle, &v), this);
        }

        public Tensor ne(Tensor target) => Wrap(Native.ts_ne(Handle, target.Handle), this, target);

        public Tensor ne(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_ne_number(Handle, &v), this);
        }

        public Tensor lt(Tensor target) => Wrap(Native.ts_lt(Handle, target.Handle), this, target);

        public Tensor lt(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_lt_number(Handle, &v), this);
        }

        public Tensor le(Tensor target) => Wrap(Native.ts_le(Handle, target.Handle), this, target);

        public Tensor le(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_le_number(Handle, &v), this);
        }

        public Tensor gt(Tensor target) => Wrap(Native.ts_gt(Handle, target.Handle), this, target);

        public Tensor gt(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_gt_number(Handle, &v), this);
        }

        public Tensor ge(Tensor target) => Wrap(Native.ts_ge(Handle, target.Handle), this, target);

        public Tensor ge(Scalar target)
        {
            var v = target.Value;
            return Wrap(Native.ts_ge_number(Handle, &v), this);
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
