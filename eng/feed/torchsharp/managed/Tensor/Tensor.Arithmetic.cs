namespace TorchSharp;

public static partial class torch
{
    // Arithmetic with a second operand. Overloads on ScalarValue spare operators and optimizers the Scalar object.
    public unsafe partial class Tensor
    {
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

        public Tensor maximum(Tensor other) => Wrap(Native.ts_maximum(Handle, other.Handle), this, other);

        public Tensor minimum(Tensor other) => Wrap(Native.ts_minimum(Handle, other.Handle), this, other);

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
    }
}
