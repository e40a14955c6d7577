using System.Reflection;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

public sealed class LayerTests
{
    /// <summary>
    /// Other assemblies cannot override an internal abstract method, so that they cannot derive a layer, not even by the constructor that
    /// copies records.
    /// </summary>
    [Theory]
    [InlineData(typeof(Layer))]
    [InlineData(typeof(ElementwiseLayer))]
    public void Layer_OutsideOfTheLibrary_CannotBeDerived(Type layer)
    {
        MethodInfo[] methods = layer.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic);

        Assert.Contains(methods, method => method.IsAbstract && method.IsAssembly);
    }

    [Fact]
    public void Layers_OfTheLibrary_AreSealed()
    {
        Type[] layers = [.. typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)];

        Assert.NotEmpty(layers);
        Assert.All(layers, layer => Assert.True(layer.IsSealed, layer.Name));
    }
}
