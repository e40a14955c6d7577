using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a libtorch tensor, owned by the dispose scope it was made in, if any.</summary>
    public partial class Tensor : IDisposable
    {
        internal IntPtr handle;

        private static long _totalCount;
        private static long _peakCount;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal Tensor(IntPtr handle, bool register = true)
        {
            this.handle = handle;
            if (register)
            {
                var count = Interlocked.Increment(ref _totalCount);
                if (count > _peakCount)
                {
                    _peakCount = count;
                }

                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
            }
        }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        // The tensors behind the call's arguments are passed along so that the collector cannot finalize them during it.
        internal static Tensor Wrap(IntPtr handle, Tensor? a = null, Tensor? b = null, Tensor? c = null)
        {
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
            if (handle == IntPtr.Zero)
            {
                CheckForErrors();
            }

            return new Tensor(handle);
        }

        private Tensor Changed(Tensor? a = null, Tensor? b = null)
        {
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            CheckForErrors();
            return this;
        }

        internal static IntPtr[] Handles(IEnumerable<Tensor> tensors) => tensors.Select(t => t.Handle).ToArray();

        internal static Tensor[] WrapAll(IntPtr[] handles, long count)
        {
            CheckForErrors();
            var result = new Tensor[count];
            for (var i = 0; i < count; i++)
            {
                result[i] = new Tensor(handles[i]);
            }

            return result;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        public string? name { get; set; }

        ~Tensor() => Release();

        public void Dispose()
        {
            if (handle != IntPtr.Zero)
            {
                DisposeScopeManager.ThreadSingleton.DisposingOnCurrentScope(this);
            }

            OwningDisposeScope?.MarkAsDisposed(this);
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            var released = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (released != IntPtr.Zero)
            {
                Interlocked.Decrement(ref _totalCount);
                Native.ts_dispose(released);
            }
        }

        public bool IsInvalid => handle == IntPtr.Zero;

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? scope)
        {
            if (OwningDisposeScope is null)
            {
                scope?.Attach((IEnumerable<IDisposable>)[this]);
            }
            else
            {
                OwningDisposeScope.MoveToOther(scope, this);
            }

            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var released = Handle;
            Interlocked.Decrement(ref _totalCount);
            handle = IntPtr.Zero;
            return released;
        }

        internal IntPtr MoveHandle()
        {
            var moved = Handle;
            handle = IntPtr.Zero;
            return moved;
        }

        public static long TotalCount => _totalCount;

        public static long PeakCount => _peakCount;

        public IntPtr Handle
        {
            get
            {
                if (handle == IntPtr.Zero)
                {
                    throw new InvalidOperationException("Tensor invalid -- empty handle.");
                }

                return handle;
            }
        }

        public long Dimensions => Native.ts_ndim(Handle);
        public long dim() => Dimensions;
        public long ndim => Dimensions;
        public long NumberOfElements => Native.ts_numel(Handle);
        public long numel() => NumberOfElements;
        public long ElementSize => Native.ts_element_size(Handle);
        public long element_size() => ElementSize;
        public ScalarType dtype => (ScalarType)Native.ts_type(Handle);
        public DeviceType device_type => (DeviceType)Native.ts_device_type(Handle);
        public int device_index => Native.ts_device_index(Handle);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_leaf => Native.ts_is_leaf(Handle) != 0;
        public bool is_contiguous() => Native.ts_is_contiguous(Handle) != 0;
        public bool is_pinned() => Native.ts_is_pinned(Handle) != 0;
        public long storage_offset() => Native.ts_storage_offset(Handle);

        public unsafe long[] shape
        {
            get
            {
                var result = new long[Dimensions];
                fixed (long* p = result)
                {
                    Native.ts_sizes(Handle, p);
                }

                GC.KeepAlive(this);
                return result;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            var result = Native.ts_size(Handle, dim);
            CheckForErrors();
            return result;
        }

        public unsafe long[] stride()
        {
            var result = new long[Dimensions];
            fixed (long* p = result)
            {
                Native.ts_strides(Handle, p);
            }

            GC.KeepAlive(this);
            CheckForErrors();
            return result;
        }

        public long stride(int dim)
        {
            var result = Native.ts_stride(Handle, dim);
            CheckForErrors();
            return result;
        }

        public Tensor alias() => Wrap(Native.ts_alias(Handle), this);

        // ---- reading values ----

        internal unsafe IntPtr DataPointer()
        {
            var data = (IntPtr)Native.ts_data(Handle);
            if (data == IntPtr.Zero)
            {
                CheckForErrors();
            }

            return data;
        }

        public unsafe Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new Utils.TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            return data<T>()[0];
        }

        public unsafe Scalar ToScalar()
        {
            ScalarValue value;
            Native.ts_item(Handle, &value);
            GC.KeepAlive(this);
            CheckForErrors();
            return new Scalar(value, dtype);
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => Utils.TensorAccessor<T>.ReadItemAt(this, i);
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        internal void ValidateType(Type dotnetType)
        {
            var wanted = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.Bool => typeof(bool),
                _ => null,
            };
            if (wanted != dotnetType)
            {
                throw new ArgumentException($"{dotnetType.Name} is not compatible with {dtype}");
            }
        }

        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                {
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                }

                var size = NumberOfElements * ElementSize;
                if (size > int.MaxValue)
                {
                    throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                }

                if (device_type != DeviceType.CPU)
                {
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                }

                return new Span<byte>((void*)DataPointer(), (int)size);
            }

            set
            {
                if (!is_contiguous())
                {
                    throw new NotImplementedException("SetBytes() called on non-contiguous tensor.");
                }

                var size = NumberOfElements * ElementSize;
                if (size != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }

                value.CopyTo(new Span<byte>((void*)DataPointer(), (int)size));
            }
        }

        // ---- autograd ----

        public bool requires_grad
        {
            get => Native.ts_requires_grad(Handle) != 0;
            set
            {
                Native.ts_set_requires_grad(Handle, value ? 1 : 0);
                CheckForErrors();
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            Native.ts_retain_grad(Handle);
            CheckForErrors();
        }

        public Tensor? grad
        {
            get
            {
                var result = Native.ts_grad(Handle);
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

        public void backward()
        {
            Native.ts_backward(Handle);
            Changed();
        }

        public void backward(IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Wrap(Native.ts_detach(Handle), this);

        public Tensor detach_()
        {
            Native.ts_detach_(Handle);
            return Changed();
        }

        // ---- conversion and copies ----

        private Tensor Convert(int type, int deviceType, int deviceIndex, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var result = Wrap(Native.ts_to(Handle, type, deviceType, deviceIndex, nonBlocking ? 1 : 0, copy ? 1 : 0), this);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }

        public Tensor cpu() => Convert(-1, (int)DeviceType.CPU, -1, false, false, false);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA)
            {
                throw new ArgumentException("Not a CUDA device.", nameof(device));
            }

            InitializeDeviceType(DeviceType.CUDA);
            return Convert(-1, (int)DeviceType.CUDA, device?.index ?? -1, false, false, non_blocking);
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert((int)type, -1, -1, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDeviceType(deviceType);
            return Convert(-1, (int)deviceType, deviceIndex, copy, disposeAfter, non_blocking);
        }

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDevice(device);
            return Convert((int)type, (int)device.type, device.index, copy, disposeAfter, non_blocking);
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(device.type, device.index, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(other.dtype, other.device, copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);
        public Tensor @byte() => to_type(ScalarType.Byte);
        public Tensor @char() => to_type(ScalarType.Int8);
        public Tensor @short() => to_type(ScalarType.Int16);
        public Tensor @int() => to_type(ScalarType.Int32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor half() => to_type(ScalarType.Float16);
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor clone() => Wrap(Native.ts_clone(Handle), this);
        public Tensor contiguous() => Wrap(Native.ts_contiguous(Handle), this);
        public Tensor pin_memory() => Wrap(Native.ts_pin_memory(Handle), this);

        public Tensor copy_(Tensor source, bool non_blocking = false)
        {
            Native.ts_copy_(Handle, source.Handle, non_blocking ? 1 : 0);
            return Changed(source);
        }

        public Tensor set_(Tensor source)
        {
            Native.ts_set_(Handle, source.Handle);
            return Changed(source);
        }

        public unsafe Tensor fill_(Scalar value)
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

        public override string ToString() =>
            IsInvalid ? "<invalid tensor>" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
