using NetVips;

namespace ImageRestoration.NetVips;

/// <summary>Loads libvips when it is first used, and bounds what it keeps.</summary>
internal static class VipsLibrary
{
    private const int MostBytesKept = 32 << 20;

    private static readonly Lazy<Exception?> _fault = new(Load);

    /// <summary>Throws where the native library cannot be used.</summary>
    /// <exception cref="BackendUnavailableException">It is missing, or does not fit this machine.</exception>
    internal static void ThrowIfUnavailable()
    {
        if (_fault.Value is { } fault)
        {
            throw VipsErrors.NoLibrary(fault);
        }
    }

    private static Exception? Load()
    {
        try
        {
            if (!ModuleInitializer.VipsInitialized)
            {
                return ModuleInitializer.Exception ?? new DllNotFoundException("libvips");
            }

            // Operations on files are not asked for twice: kept results would only hold memory and files open.
            Cache.Max = 0;
            Cache.MaxMem = MostBytesKept;
            Cache.MaxFiles = 0;
            return null;
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or VipsException)
        {
            return exception;
        }
    }
}
