using ImageRestoration.Classical.Denoising;
using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Classical.LowLight;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Tests.Classical;

/// <summary>Numbers in messages are written the same way in every culture.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Constructor_WrongOptionsInEveryCulture_SayTheSame()
    {
        Cultures.AssertSameMessage<ArgumentException>(
            () => new NonLocalMeansRestorer(new NonLocalMeansOptions { Strength = -1.5 }), "Strength is -1.5;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new TotalVariationRestorer(new TotalVariationOptions { Tolerance = -0.5 }), "Tolerance is -0.5;");
        Cultures.AssertSameMessage<ArgumentException>(() => new GammaRestorer(new GammaOptions { Gamma = -2.25 }), "Gamma is -2.25;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new ClaheRestorer(new ClaheOptions { ClipLimit = -2.25, TileRows = -3 }), "ClipLimit is -2.25;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new PatchMatchRestorer(new PatchMatchOptions { PatchSize = -3 }), "PatchSize is -3;");
        Cultures.AssertSameMessage<ArgumentException>(
            () => new TextureSynthesisRestorer(new HarmonicRestorer(), new TextureSynthesisOptions { Sharpness = -1.5f }),
            "Sharpness is -1.5;");
        Cultures.AssertSameMessage<ArgumentException>(() => new TeleaRestorer(new TeleaOptions { Radius = -3 }), "Radius is -3;");
    }
}
