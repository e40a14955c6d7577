using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp
{
    public class ImageFormatException : Exception
    {
        internal ImageFormatException(string errorMessage)
            : base(errorMessage)
        {
        }

        internal ImageFormatException(string errorMessage, Exception innerException)
            : base(errorMessage, innerException)
        {
        }
    }

    public sealed class InvalidImageContentException : ImageFormatException
    {
        public InvalidImageContentException(string errorMessage)
            : base(errorMessage)
        {
        }

        public InvalidImageContentException(string errorMessage, Exception innerException)
            : base(errorMessage, innerException)
        {
        }

        internal InvalidImageContentException(Size size, Memory.InvalidMemoryOperationException memoryException)
            : this(
                $"Cannot decode image. Failed to allocate buffers for possibly degenerate dimensions: {size.Width}x{size.Height}.",
                memoryException)
        {
        }
    }

    public sealed class UnknownImageFormatException : ImageFormatException
    {
        public UnknownImageFormatException(string errorMessage)
            : base(errorMessage)
        {
        }
    }

    public sealed class ImageProcessingException : Exception
    {
        public ImageProcessingException()
        {
        }

        public ImageProcessingException(string errorMessage)
            : base(errorMessage)
        {
        }

        public ImageProcessingException(string errorMessage, Exception innerException)
            : base(errorMessage, innerException)
        {
        }
    }
}

namespace SixLabors.ImageSharp.Memory
{
    public class InvalidMemoryOperationException : InvalidOperationException
    {
        public InvalidMemoryOperationException(string message)
            : base(message)
        {
        }

        public InvalidMemoryOperationException()
        {
        }

        [DoesNotReturn]
        internal static void ThrowAllocationOverLimit(long length, long limit)
            => throw new InvalidMemoryOperationException(
                $"Attempted to allocate a buffer of length={length} that exceeded the limit {limit}.");
    }
}
