namespace TorchSharp;

public static partial class torch
{
    // Types, devices, copies and gradients.
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.ts_requires_grad(Handle) != 0;
            set
            {
                Native.ts_set_requires_grad(Handle, value ? 1 : 0);
                CheckForErrors();
            }
        }

        public Tensor? grad
        {
            get
            {
                var result = Native.ts_grad(Handle);
                GC.KeepAlive(this);
                if (result == IntPtr.Zero)
                {
                    CheckForErrors();
                    return null;
                }

                return new Tensor(result);
            }

            set
            {
                Native.ts_set_grad(Handle, value is null ? IntPtr.Zero : value.Handle);
                Changed(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void backward()
        {
            Native.ts_backward(Handle);
            Changed();
        }

        public Tensor detach() => Wrap(Native.ts_detach(Handle), this);

        public Tensor cpu() => Convert(-1, (int)DeviceType.CPU, -1, false);

        public Tensor to_type(ScalarType type, bool copy = false) => Convert((int)type, -1, -1, copy);

        public Tensor to(ScalarType type, bool copy = false) => to_type(type, copy);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false)
        {
            InitializeDeviceType(deviceType);
            return Convert(-1, (int)deviceType, deviceIndex, copy);
        }

        public Tensor to(Device device, bool copy = false) => to(device.type, device.index, copy);

        public Tensor to(ScalarType type, Device device, bool copy = false)
        {
            InitializeDevice(device);
            return Convert((int)type, (int)device.type, device.index, copy);
        }

        public Tensor clone() => Wrap(Native.ts_clone(Handle), this);

        public Tensor contiguous() => Wrap(Native.ts_contiguous(Handle), this);

        public Tensor pin_memory() => Wrap(Native.ts_pin_memory(Handle), this);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Native.ts_copy_(Handle, source.Handle, nonBlocking ? 1 : 0);
            return Changed(source);
        }

        public Tensor fill_(Scalar value)
        {
            var v = value.Value;
            Native.ts_fill_(Handle, &v);
            return Changed();
        }

        public Tensor zero_()
        {
            Native.ts_zero_(Handle);
            return Changed();
        }

        // A negative type or device stands for the tensor's own.
        private Tensor Convert(int type, int deviceType, int deviceIndex, bool copy) =>
            Wrap(Native.ts_to(Handle, type, deviceType, deviceIndex, copy ? 1 : 0), this);
    }
}
