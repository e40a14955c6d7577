using System.Reflection;
using ImageRestoration.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.Tests.Conformance;

/// <summary>The options that a registration binds have every setting that the backend's own options have, with the same defaults, and hand all of them on.</summary>
internal static class OptionsMirror
{
    internal static void AssertComplete<TRegistered, TOptions>(Func<TRegistered, TOptions> convert)
        where TRegistered : ModelRestorerOptions, new()
        where TOptions : new()
    {
        // Services come from the container, not from configuration.
        PropertyInfo[] settings = [.. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType != typeof(ILoggerFactory))];
        PropertyInfo[] mirrored = typeof(TRegistered).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        Assert.Equal(settings.Select(p => (p.Name, p.PropertyType)).Order(), mirrored.Select(p => (p.Name, p.PropertyType)).Order());
        Assert.Equal(new TOptions(), convert(new TRegistered()));
        foreach (PropertyInfo setting in settings)
        {
            object? standard = setting.GetValue(new TOptions()), other = Other(setting.PropertyType, standard);
            var registered = new TRegistered();
            mirrored.Single(p => p.Name == setting.Name).SetValue(registered, other);
            Assert.NotEqual(standard, other);
            Assert.Equal(other, setting.GetValue(convert(registered)));
        }
    }

    private static object Other(Type type, object? value) => value switch
    {
        bool flag => !flag,
        string text => text + "?",
        Enum choice => Enum.ToObject(type, Convert.ToInt32(choice, null) + 1),
        int number => number + 1,
        null when type == typeof(int?) => 3,
        null when type == typeof(long?) => 3L,
        null when type == typeof(string) => "text",
        _ => throw new NotSupportedException($"The test knows no other value of {type}; add one."),
    };
}
