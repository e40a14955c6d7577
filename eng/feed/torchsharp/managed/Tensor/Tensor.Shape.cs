using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    // Shapes, views and parts.
    public unsafe partial class Tensor
    {
        public Tensor view(params long[] shape)
        {
            fixed (long* p = shape)
            {
                return Wrap(Native.ts_view(Handle, p, shape.Length), this);
            }
        }

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

        public Tensor transpose(long dim0, long dim1) => Wrap(Native.ts_transpose(Handle, dim0, dim1), this);

        public Tensor unsqueeze(long dim) => Wrap(Native.ts_unsqueeze(Handle, dim), this);

        public Tensor squeeze(long? dim = null) => Wrap(Native.ts_squeeze(Handle, dim is null ? 0 : 1, dim ?? 0), this);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(Native.ts_flatten(Handle, start_dim, end_dim), this);

        public Tensor narrow(long dim, long start, long length) => Wrap(Native.ts_narrow(Handle, dim, start, length), this);

        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            // libtorch may return fewer parts than asked for, never more.
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

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            var parts = new IntPtr[sizes.Length];
            fixed (IntPtr* p = parts)
            fixed (long* s = sizes)
            {
                return WrapAll(parts, Native.ts_split_sizes(Handle, s, sizes.Length, dim, p, parts.Length));
            }
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1] => At([i1]);

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] => At([i1, i2]);

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] => At([i1, i2, i3]);

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] => At([i1, i2, i3, i4]);

        private Tensor At(ReadOnlySpan<long> index)
        {
            fixed (long* p = index)
            {
                return Wrap(Native.ts_at(Handle, p, index.Length), this);
            }
        }

        private Tensor[] WrapAll(IntPtr[] handles, long count)
        {
            Changed();
            var result = new Tensor[count];
            for (var i = 0; i < count; i++)
            {
                result[i] = new Tensor(handles[i]);
            }

            return result;
        }
    }
}
