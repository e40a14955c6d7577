namespace TorchSharp;

public static partial class torch
{
    // Sizes, types and values.
    public unsafe partial class Tensor
    {
        public long Dimensions => Native.ts_ndim(Handle);

        public long ndim => Dimensions;

        public long NumberOfElements => Native.ts_numel(Handle);

        public long ElementSize => Native.ts_element_size(Handle);

        public ScalarType dtype => (ScalarType)Native.ts_type(Handle);

        public DeviceType device_type => (DeviceType)Native.ts_device_type(Handle);

        public int device_index => Native.ts_device_index(Handle);

        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public bool is_leaf => Native.ts_is_leaf(Handle) != 0;

        public long[] shape
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

        public Span<byte> bytes
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

                return new Span<byte>(DataPointer(), (int)size);
            }
        }

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public bool is_contiguous() => Native.ts_is_contiguous(Handle) != 0;

        public long[] size() => shape;

        public long size(int dim)
        {
            var result = Native.ts_size(Handle, dim);
            CheckForErrors();
            return result;
        }

        public long[] stride()
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

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            ValidateType(typeof(T));
            if (device_type == DeviceType.CPU)
            {
                var value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }

            using var host = cpu();
            return *(T*)host.DataPointer();
        }

        private void* DataPointer()
        {
            var data = Native.ts_data(Handle);
            if (data is null)
            {
                // An empty tensor has no data and is no error.
                CheckForErrors();
            }

            return data;
        }

        private void ValidateType(Type dotnetType)
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
    }
}
