using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a libtorch tensor, owned by the dispose scope it was made in, if any.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        private IntPtr _handle;

        internal Tensor(IntPtr handle, bool register = true)
        {
            _handle = handle;
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

        ~Tensor() => Release();

        public static long TotalCount => _totalCount;

        public static long PeakCount => _peakCount;

        public bool IsInvalid => _handle == IntPtr.Zero;

        public IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        public void Dispose()
        {
            if (_handle != IntPtr.Zero)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposal(this);
            }

            OwningDisposeScope?.MarkAsDisposed(this);
            Release();
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor alias() => Wrap(Native.ts_alias(Handle), this);

        // Compares shapes and values; the operator == compares element by element.
        public bool Equals(Tensor target)
        {
            var result = Native.ts_equal(Handle, target.Handle);
            Changed(target);
            return result != 0;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        public override string ToString() =>
            IsInvalid ? "<invalid tensor>" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

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

        internal static IntPtr[] Handles(IEnumerable<Tensor> tensors) => tensors.Select(t => t.Handle).ToArray();

        internal IntPtr MoveHandle()
        {
            var moved = Handle;
            _handle = IntPtr.Zero;
            return moved;
        }

        // Ends every operation that works in place.
        private Tensor Changed(Tensor? a = null, Tensor? b = null)
        {
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            CheckForErrors();
            return this;
        }

        private void Release()
        {
            var released = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (released != IntPtr.Zero)
            {
                Interlocked.Decrement(ref _totalCount);
                Native.ts_dispose(released);
            }
        }
    }
}
