namespace TorchSharp;

public static partial class torch
{
    // Views, shapes and indexing.
    public unsafe partial class Tensor
    {
        public Tensor view(params long[] shape)
        {
            fixed (long* p = shape)
            {
                return Wrap(Native.ts_view(Handle, p, shape.Length), this);
            }
        }

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape)
        {
            fixed (long* p = shape)
            {
                return Wrap(Native.ts_reshape(Handle, p, shape.Length), this);
            }
        }

        public Tensor permute(params long[] permutation)
        {
            fixed (long* p = permutation)
            {
                return Wrap(Native.ts_permute(Handle, p, permutation.Length), this);
            }
        }

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false)
        {
            fixed (long* p = sizes)
            {
                return Wrap(Native.ts_expand(Handle, p, sizes.Length, isImplicit ? 1 : 0), this);
            }
        }

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes, false);

        public Tensor expand_as(Tensor other) => expand((ReadOnlySpan<long>)other.shape, false);

        public Tensor repeat(params long[] sizes)
        {
            fixed (long* p = sizes)
            {
                return Wrap(Native.ts_repeat(Handle, p, sizes.Length), this);
            }
        }

        public Tensor flip(params long[] dims)
        {
            fixed (long* p = dims)
            {
                return Wrap(Native.ts_flip(Handle, p, dims.Length), this);
            }
        }

        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (first, second) = dims ?? (0, 1);
            return Wrap(Native.ts_rot90(Handle, k, first, second), this);
        }

        public Tensor transpose(long dim0, long dim1) => Wrap(Native.ts_transpose(Handle, dim0, dim1), this);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor unsqueeze(long dim) => Wrap(Native.ts_unsqueeze(Handle, dim), this);

        public Tensor unsqueeze_(long dim)
        {
            Native.ts_unsqueeze_(Handle, dim);
            return Changed();
        }

        public Tensor squeeze(long? dim = null) => Wrap(Native.ts_squeeze(Handle, dim is null ? 0 : 1, dim ?? 0), this);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(Native.ts_flatten(Handle, start_dim, end_dim), this);

        public Tensor narrow(long dim, long start, long length) => Wrap(Native.ts_narrow(Handle, dim, start, length), this);

        public Tensor slice(long dim, long start, long finish, long step) => Wrap(Native.ts_slice(Handle, dim, start, finish, step), this);

        public Tensor select(long dim, long index) => Wrap(Native.ts_select(Handle, dim, index), this);

        public Tensor index_select(long dim, Tensor index) => Wrap(Native.ts_index_select(Handle, dim, index.Handle), this, index);

        public Tensor gather(long dim, Tensor index) => Wrap(Native.ts_gather(Handle, dim, index.Handle), this, index);

        public Tensor tril(long diagonal = 0) => Wrap(Native.ts_tril(Handle, diagonal), this);

        public Tensor triu(long diagonal = 0) => Wrap(Native.ts_triu(Handle, diagonal), this);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L)
        {
            fixed (long* s = size, t = strides)
            {
                return Wrap(Native.ts_as_strided(Handle, s, size.Length, t, strides.Length, storageOffset), this);
            }
        }

        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            var parts = new IntPtr[Math.Max(chunks, 0)];
            fixed (IntPtr* p = parts)
            {
                return WrapAll(parts, Native.ts_chunk(Handle, chunks, dim, p, parts.Length));
            }
        }

        public Tensor[] split(long size, long dim = 0)
        {
            var parts = new IntPtr[size > 0 ? Math.Max((this.size((int)dim) + size - 1) / size, 1) : 1];
            fixed (IntPtr* p = parts)
            {
                return WrapAll(parts, Native.ts_split(Handle, size, dim, p, parts.Length));
            }
        }

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            var parts = new IntPtr[sizes.Length];
            fixed (IntPtr* p = parts)
            fixed (long* s = sizes)
            {
                return WrapAll(parts, Native.ts_split_sizes(Handle, s, sizes.Length, dim, p, parts.Length));
            }
        }

        public Tensor[] split(long[] sizes, long dim = 0) => split((ReadOnlySpan<long>)sizes, dim);

        public Tensor[] unbind(long dimension = 0L)
        {
            var parts = new IntPtr[size((int)dimension)];
            fixed (IntPtr* p = parts)
            {
                return WrapAll(parts, Native.ts_unbind(Handle, dimension, p, parts.Length));
            }
        }

        // ---- indexing ----

        private delegate IntPtr Indexed(long* spec, IntPtr* tensors, long count);

        private static IntPtr WithIndices(TensorIndex[] indices, Indexed body)
        {
            var spec = new long[4 * indices.Length];
            var tensors = new IntPtr[indices.Length];
            for (var i = 0; i < indices.Length; i++)
            {
                indices[i].Write(spec.AsSpan(4 * i, 4), out tensors[i]);
            }

            fixed (long* s = spec)
            fixed (IntPtr* t = tensors)
            {
                var result = body(s, t, indices.Length);
                GC.KeepAlive(indices);
                return result;
            }
        }

        public Tensor index(params TensorIndex[] indices) =>
            Wrap(WithIndices(indices, (s, t, n) => Native.ts_index(Handle, s, t, n)), this);

        public Tensor index(params Tensor[] indices) => index(indices.Select(TensorIndex.Tensor).ToArray());

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            WithIndices(indices, (s, t, n) =>
            {
                Native.ts_index_put_(Handle, s, t, n, value.Handle);
                return IntPtr.Zero;
            });
            return Changed(value);
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            WithIndices(indices, (s, t, n) =>
            {
                var v = value.Value;
                Native.ts_index_put_number_(Handle, s, t, n, &v);
                return IntPtr.Zero;
            });
            return Changed();
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices.Select(TensorIndex.Tensor).ToArray());
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, i1);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }
    }

    public readonly struct TensorIndex
    {
        private const long Absent = long.MinValue;
        private readonly long _kind;
        private readonly long _a;
        private readonly long _b;
        private readonly long _c;
        private readonly Tensor? _tensor;

        private TensorIndex(long kind, long a = 0, long b = 0, long c = 0, Tensor? tensor = null)
        {
            _kind = kind;
            _a = a;
            _b = b;
            _c = c;
            _tensor = tensor;
        }

        internal void Write(Span<long> spec, out IntPtr tensor)
        {
            (spec[0], spec[1], spec[2], spec[3]) = (_kind, _a, _b, _c);
            tensor = _tensor is null ? IntPtr.Zero : _tensor.Handle;
        }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(5, start ?? Absent, stop ?? Absent, step ?? Absent);

        public static TensorIndex Bool(bool value) => new(3, value ? 1 : 0);

        public static TensorIndex Single(long? index) => new(1, index ?? 0);

        public static TensorIndex Tensor(Tensor tensor) => new(4, tensor: tensor);

        public static TensorIndex Ellipsis => new(2);

        public static TensorIndex None => new(0);

        public static TensorIndex Null => new(0);

        public static TensorIndex Colon => Slice();

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Tensor value) => Tensor(value);

        public static implicit operator TensorIndex(System.Index value) => Single(value.IsFromEnd ? -value.Value : value.Value);

        public static implicit operator TensorIndex(System.Range range) =>
            Slice(
                range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
                !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);
    }
}
