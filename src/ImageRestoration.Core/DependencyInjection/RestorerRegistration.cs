namespace ImageRestoration.DependencyInjection;

/// <summary>Says that a restorer is registered: containers do not list their keys.</summary>
internal sealed record RestorerRegistration(string Name);
