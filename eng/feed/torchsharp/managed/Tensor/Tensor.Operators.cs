namespace TorchSharp;

public static partial class torch
{
    // The operators of arithmetic.
    public unsafe partial class Tensor
    {
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

        private Tensor rsub(ScalarValue number) => Wrap(Native.ts_rsub_number(Handle, &number), this);

        private Tensor rdiv(ScalarValue number)
        {
            using var inverse = reciprocal();
            return inverse.mul(number);
        }
    }
}
