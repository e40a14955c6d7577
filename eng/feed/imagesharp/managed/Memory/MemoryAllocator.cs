namespace SixLabors.ImageSharp.Memory;

public struct MemoryAllocatorOptions
{
    private int? _allocationLimitMegabytes;

    public int? AllocationLimitMegabytes
    {
        readonly get => this._allocationLimitMegabytes;
        set
        {
            if (value.HasValue)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value.Value, 0, nameof(this.AllocationLimitMegabytes));
            }

            this._allocationLimitMegabytes = value;
        }
    }
}

public abstract class MemoryAllocator
{
    private protected MemoryAllocator()
    {
    }

    public static MemoryAllocator Default { get; } = Create();

    internal long MemoryGroupAllocationLimitBytes { get; private set; } = Environment.Is64BitProcess ? 4L << 30 : 1L << 30;

    public static MemoryAllocator Create() => Create(default);

    public static MemoryAllocator Create(MemoryAllocatorOptions options)
    {
        ManagedMemoryAllocator allocator = new();
        if (options.AllocationLimitMegabytes is int limit)
        {
            allocator.MemoryGroupAllocationLimitBytes = (long)limit * 1024 * 1024;
        }

        return allocator;
    }

    internal T[] AllocatePixels<T>(int width, int height)
        where T : unmanaged
    {
        long length = (long)width * height;
        long bytes = length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        long limit = this.MemoryGroupAllocationLimitBytes;
        if (bytes > limit || length > Array.MaxLength)
        {
            InvalidMemoryOperationException.ThrowAllocationOverLimit(bytes, limit);
        }

        return new T[length];
    }

    private sealed class ManagedMemoryAllocator : MemoryAllocator
    {
    }
}
