using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Numbers for torch operations that outlive the call. TorchSharp's methods hand the native address of a <see cref="Scalar"/> over and let
/// go of the object, so that a garbage collection at the wrong moment frees it while libtorch still reads it: the operation then fails with
/// "Expected false to be true", or takes another number (seen with TorchSharp 0.107: 93 of 1.3 million additions beside a thread that
/// collects).
/// </summary>
internal static class KeptScalars
{
    // More than one operation of a thread ever takes.
    private const int Count = 32;

    [ThreadStatic]
    private static Scalar[]? _recent;

    [ThreadStatic]
    private static int _next;

    /// <summary>The sum. Without a factor of its own, TorchSharp makes one that it does not keep either.</summary>
    internal static Tensor Plus(this Tensor left, Tensor right) => left.add(right, alpha: Keep(1));

    /// <summary>The sum with a number.</summary>
    internal static Tensor Plus(this Tensor left, double right) => left.add(Keep(right), alpha: Keep(1));

    /// <summary>Adds in place.</summary>
    internal static Tensor Increase(this Tensor left, Tensor right) => left.add_(right, alpha: Keep(1));

    /// <summary>Adds a number in place.</summary>
    internal static Tensor Increase(this Tensor left, double right) => left.add_(Keep(right), alpha: Keep(1));

    /// <summary>A number as torch takes it, kept until this thread has made many others.</summary>
    internal static Scalar Keep(double value)
    {
        Scalar[] recent = _recent ??= new Scalar[Count];
        Scalar scalar = value;
        recent[_next] = scalar;
        _next = (_next + 1) % Count;
        return scalar;
    }
}
