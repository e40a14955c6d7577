using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The values of a tensor on the CPU in row-major order, whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private torch.Tensor? _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly long _count;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
        {
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }

        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _count = tensor.NumberOfElements;
        _contiguous = tensor.is_contiguous();
        _data = _count == 0 ? null : (T*)tensor.DataPointer();
    }

    public long Count => _tensor is null ? 0 : _count;

    public bool IsReadOnly => false;

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public T this[params long[] indices]
    {
        get => _data[Offset(indices)];
        set => _data[Offset(indices)] = value;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(Rest(tensorIndex), array.Length - arrayIndex);
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_data + tensorIndex, (int)Math.Max(count, 0)).CopyTo(array[arrayIndex..]);
        }
        else
        {
            for (long i = 0; i < count; i++)
            {
                array[arrayIndex + (int)i] = _data[Translate(tensorIndex + i)];
            }
        }

        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(Rest(tensorIndex), array.Length - arrayIndex);
        if (_contiguous)
        {
            array.Slice(arrayIndex, (int)Math.Max(count, 0)).CopyTo(new Span<T>(_data + tensorIndex, (int)Math.Max(count, 0)));
        }
        else
        {
            for (long i = 0; i < count; i++)
            {
                _data[Translate(tensorIndex + i)] = array[arrayIndex + (int)i];
            }
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return At(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _tensor = null;

    internal static T ReadItemAt(torch.Tensor tensor, long index)
    {
        tensor.ValidateType(typeof(T));
        return new TensorAccessor<T>(tensor)[index];
    }

    private T At(long i) => _data[Translate(i)];

    private long Rest(long start) =>
        start >= 0 && (start < Count || (start == 0 && Count == 0)) ? Count - start : throw new ArgumentOutOfRangeException(nameof(start));

    private long Offset(long[] indices)
    {
        if (_tensor is null)
        {
            throw new ObjectDisposedException(GetType().FullName);
        }

        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count ? Translate(indices[0]) : throw new IndexOutOfRangeException();
        }

        long result = 0;
        for (var i = 0; i < _shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {_shape[i]} in dimension {i}.");
            }

            result += indices[i] * _strides[i];
        }

        return result;
    }

    private long Translate(long index)
    {
        if (_contiguous)
        {
            return index;
        }

        long result = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            index = Math.DivRem(index, _shape[i], out var position);
            result += position * _strides[i];
        }

        return result;
    }
}
