namespace ImageRestoration;

/// <summary>Frees something once: when it is disposed and the last use of it has ended. Safe for use from several threads.</summary>
/// <param name="free">Frees it, on the thread that disposes it or that ends the last use.</param>
internal sealed class UseCount(Action free) : IDisposable
{
    // Uses, and one more until it is disposed. A count that has reached 0 never rises again.
    private int _users = 1;
    private int _disposed;

    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Begins a use, which <see cref="Leave"/> ends.</summary>
    /// <exception cref="ObjectDisposedException"><paramref name="owner"/> was disposed.</exception>
    internal void Enter(object owner)
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0 || IsDisposed, owner);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    internal void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            free();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Leave();
        }
    }
}
