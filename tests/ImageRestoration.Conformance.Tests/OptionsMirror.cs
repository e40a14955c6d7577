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
            object? standard = setting.GetValue(new TOptions()), other = OtherValue.Of(setting.PropertyType, standard);
            var registered = new TRegistered();
            mirrored.Single(p => p.Name == setting.Name).SetValue(registered, other);
            Assert.NotEqual(standard, other);
            Assert.Equal(other, setting.GetValue(convert(registered)));
        }
    }
}
