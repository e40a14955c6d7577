namespace ImageRestoration.Restoration;

/// <summary>Shorter ways to ask restorers.</summary>
public static class RestorerExtensions
{
    /// <summary>Asks for something inside: <c>restorer.GetService&lt;TiledRestorer&gt;()</c>.</summary>
    /// <typeparam name="T">Type of the service.</typeparam>
    /// <param name="restorer">The restorer.</param>
    /// <param name="serviceKey">Tells several services of one type apart; <see langword="null"/> for those of this library.</param>
    /// <returns>The service, which stays the restorer's; <see langword="null"/> where there is none.</returns>
    public static T? GetService<T>(this IRestorer restorer, object? serviceKey = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(restorer);
        return restorer.GetService(typeof(T), serviceKey) as T;
    }
}
