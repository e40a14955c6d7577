using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

public sealed class NetworkJsonTests
{
    [Fact]
    public void ToJson_NetworksThatDifferInOneSetting_Differ()
    {
        string json = Create(padding: 1, activation: 0.1f).ToJson();

        Assert.Equal(json, Create(padding: 1, activation: 0.1f).ToJson());
        Assert.NotEqual(json, Create(padding: 1, activation: 0.2f).ToJson());
        Assert.NotEqual(json, Create(padding: 0, activation: 0.1f).ToJson());
        Assert.StartsWith("""{"name":"small","inputs":[{"name":"image","channels":3,""", json, StringComparison.Ordinal);

        static Network Create(int padding, float activation)
        {
            var builder = new NetworkBuilder("small");
            builder.Output("image", builder.Input("image", 3).Conv2d(3, 3, padding: padding).LeakyReLU(activation));
            return builder.Build();
        }
    }
}
