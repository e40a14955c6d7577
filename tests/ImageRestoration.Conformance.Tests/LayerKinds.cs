using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Conformance;

/// <summary>What a list of cases must hold to leave out no layer of the library.</summary>
public static class LayerKinds
{
    /// <summary>Names of layer classes, and of the functions, kinds and modes among their settings, that no case has.</summary>
    public static IReadOnlyList<string> MissingFrom(IEnumerable<NetworkCase> cases)
    {
        Layer[] covered = [.. cases.SelectMany(c => c.Network.Layers)];
        return
        [
            .. typeof(Layer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Layer)) && !t.IsAbstract).Except(covered.Select(l => l.GetType())).Select(t => t.Name),
            .. Missing(covered.OfType<ActivationLayer>().Select(l => l.Function)),
            .. Missing(covered.OfType<Pool2dLayer>().Select(l => l.Pool)),
            .. Missing(covered.OfType<Pad2dLayer>().Select(l => l.Mode)),
            .. Missing(covered.OfType<UpsampleLayer>().Select(l => l.Mode)),
        ];
    }

    private static IEnumerable<string> Missing<T>(IEnumerable<T> covered)
        where T : struct, Enum
        => Enum.GetValues<T>().Except(covered).Select(value => $"{typeof(T).Name}.{value}");
}
