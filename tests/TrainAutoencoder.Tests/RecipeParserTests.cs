using ImageRestoration.TorchSharp;
using TrainAutoencoder;

namespace ImageRestoration.Tests.TrainAutoencoder;

public sealed class RecipeParserTests
{
    [Theory]
    [InlineData("charbonnier", 1, "Charbonnier 0.001")]
    [InlineData("l1", 6, "L1 missing 6 known 1")]
    [InlineData("mse", 1, "MSE")]
    [InlineData("ssim", 6, "SSIM")]
    [InlineData("charbonnier + 0.05*edge", 1, "1 × Charbonnier 0.001 + 0.05 × edge 0.001")]
    [InlineData("0.5*l1+0.5*ms-ssim+0.1*focal-frequency+1e-3*tv", 1, "0.5 × L1 + 0.5 × MS-SSIM 3 + 0.1 × focal frequency 1 + 0.001 × TV")]
    [InlineData("2*l1", 1, "2 × L1")]
    public void ParseLoss_KnownText_IsThatLoss(string text, double missingWeight, string description)
        => Assert.Equal(description, RecipeParser.ParseLoss(text, missingWeight).Description);

    [Fact]
    public void ParseLoss_Texture_LooksThroughTheNamedModelsEncoder()
        => Assert.StartsWith(
            "1 × L1 missing 6 known 1 + 0.1 × texture in 16 unet-encoder of 247896 parameters in ",
            RecipeParser.ParseLoss("l1+0.1*texture:denoise-color-fast", 6).Description,
            StringComparison.Ordinal);

    [Fact]
    public void ParseLoss_WithDecay_PassesItOnToLossesOverPixels()
        => Assert.Equal("1 × L1 missing 6 × 0.9 per pixel known 1 + 0.1 × edge 0.001", RecipeParser.ParseLoss("l1+0.1*edge", 6, 0.9).Description);

    [Fact]
    public void ParseOptimizer_KnownText_IsThatOptimizer()
    {
        Assert.Equal(new AdamWOptions(), RecipeParser.ParseOptimizer("adamw", null));
        Assert.Equal(new AdamWOptions { WeightDecay = 0.1 }, RecipeParser.ParseOptimizer("adamw", 0.1));
        Assert.Equal(new AdamOptions(), RecipeParser.ParseOptimizer("adam", null));
        Assert.Equal(new MuonOptions { WeightDecay = 0.01 }, RecipeParser.ParseOptimizer("muon", 0.01));
        Assert.Equal(new SgdOptions { WeightDecay = 1e-4 }, RecipeParser.ParseOptimizer("sgd", 1e-4));
        Assert.Equal(new SgdOptions { Momentum = 0.9 }, RecipeParser.ParseOptimizer("momentum", null));
        Assert.Equal(new SgdOptions { Momentum = 0.95, Nesterov = true }, RecipeParser.ParseOptimizer("nesterov:0.95", null));
    }

    [Fact]
    public void ParseSchedule_KnownText_IsThatSchedule()
    {
        Assert.Equal(new CosineSchedule(), RecipeParser.ParseSchedule("cosine"));
        Assert.Equal(new CosineSchedule { Restarts = 3, PeriodFactor = 1.5 }, RecipeParser.ParseSchedule("cosine:3:1.5"));
        Assert.Equal(new ConstantSchedule(), RecipeParser.ParseSchedule("constant"));
        Assert.Equal(new StepSchedule { StepSize = 4000, Gamma = 0.1 }, RecipeParser.ParseSchedule("step:4000:0.1"));
        Assert.Equal(new OneCycleSchedule(), RecipeParser.ParseSchedule("one-cycle"));
        Assert.Equal(new PlateauSchedule { Patience = 5 }, RecipeParser.ParseSchedule("plateau:5"));
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("l1+")]
    [InlineData("x*l1")]
    [InlineData("-1*l1")]
    [InlineData("1*2*l1")]
    public void ParseLoss_UnknownText_ListsWhatIsKnown(string text)
        => Assert.Contains("focal-frequency", Assert.Throws<FormatException>(() => RecipeParser.ParseLoss(text, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("lion")]
    [InlineData("adam:0.9")]
    [InlineData("momentum:x")]
    public void ParseOptimizer_UnknownText_ListsWhatIsKnown(string text)
        => Assert.Contains("nesterov", Assert.Throws<FormatException>(() => RecipeParser.ParseOptimizer(text, null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("linear")]
    [InlineData("constant:1")]
    [InlineData("step:1:2:3")]
    public void ParseSchedule_UnknownText_ListsWhatIsKnown(string text)
        => Assert.Contains("one-cycle", Assert.Throws<FormatException>(() => RecipeParser.ParseSchedule(text)).Message, StringComparison.Ordinal);
}
