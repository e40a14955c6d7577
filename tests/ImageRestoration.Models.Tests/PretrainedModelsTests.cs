using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models.Tests;

/// <summary>What holds for every model in the library.</summary>
public sealed partial class PretrainedModelsTests
{
    private const string Extension = ".safetensors";

    public static TheoryData<string> Names => [.. PretrainedModels.All.Select(model => model.Name)];

    [Fact]
    public void All_EmbeddedModelFiles_AreExactlyTheModelsListed()
    {
        Assembly[] libraries =
        [
            typeof(DenoiseModels).Assembly, typeof(DeblockModels).Assembly, typeof(InpaintModels).Assembly, typeof(BrightenModels).Assembly,
        ];
        IEnumerable<string> embedded = libraries
            .SelectMany(library => library.GetManifestResourceNames())
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal));

        Assert.Empty(typeof(PretrainedModels).Assembly.GetManifestResourceNames());
        Assert.Equal(PretrainedModels.All.Select(model => $"{model.Name}/{model.Name}{Extension}").Order(StringComparer.Ordinal), embedded.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_KnownName_GivesThatModel(string name)
    {
        PretrainedModel model = PretrainedModels.Find(name);

        Assert.Equal(name, model.Name);
        Assert.Contains(model, PretrainedModels.All);
    }

    [Fact]
    public void Find_UnknownName_ListsTheKnownOnes()
    {
        var e = Assert.Throws<ArgumentException>("name", () => PretrainedModels.Find("denoise-colour"));

        Assert.Contains("'denoise-colour'", e.Message);
        Assert.All(PretrainedModels.All, model => Assert.Contains(model.Name, e.Message));
    }

    [Theory]
    [InlineData(RestorationTask.Denoise)]
    [InlineData(RestorationTask.Deblock)]
    [InlineData(RestorationTask.Inpaint)]
    [InlineData(RestorationTask.Brighten)]
    public void For_TaskAndSize_GivesAModelOfTheTaskAndOfTheSizeWhereThereIsOne(RestorationTask task)
    {
        foreach (ModelSize size in Enum.GetValues<ModelSize>())
        {
            PretrainedModel model = PretrainedModels.For(task, size);

            Assert.Equal(task, model.Task);
            Assert.True(model.Size == size || PretrainedModels.All.All(other => other.Task != task || other.Size != size));
        }
    }

    [Fact]
    public void For_TaskWithoutModels_ListsThoseWithSome()
    {
        var e = Assert.Throws<ArgumentException>("task", () => PretrainedModels.For(RestorationTask.Compress));

        Assert.Contains(nameof(RestorationTask.Deblock), e.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Size_EveryModel_BoundsTheWork(string name)
    {
        PretrainedModel pretrained = PretrainedModels.Find(name);

        Assert.InRange(pretrained.Load().Network.MacsPerPixel, 1, pretrained.Size == ModelSize.Fast ? 30_000 : 160_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_EveryModel_AgreesWithItsEntry(string name)
    {
        PretrainedModel pretrained = PretrainedModels.Find(name);

        Model model = pretrained.Load();

        Assert.Equal(pretrained.Name, model.Info.Name);
        Assert.Equal(pretrained.Task, model.Info.Task);
        Assert.False(string.IsNullOrWhiteSpace(model.Info.License), "The model file does not state its licence.");
        Assert.False(string.IsNullOrWhiteSpace(model.Info.Description), "The model file does not describe itself.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sha256_EveryModel_IsThatOfItsFile(string name)
    {
        PretrainedModel pretrained = PretrainedModels.Find(name);
        using Stream stream = pretrained.OpenRead();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream)), pretrained.Sha256);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenRead_EveryModel_StoresTwoBytesAWeight(string name)
    {
        PretrainedModel pretrained = PretrainedModels.Find(name);
        using Stream stream = pretrained.OpenRead();
        long weights = 2 * pretrained.Load().Network.ParameterCount;

        // What comes on top is the header: names, network definition, provenance.
        Assert.InRange(stream.Length, weights, weights + (128 << 10));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Card_EveryModel_HasAllSections(string name)
    {
        string card = PretrainedModels.Find(name).Card;

        Assert.StartsWith($"# {name}", card, StringComparison.Ordinal);
        Assert.Equal(["Use", "Example", "Network", "Recipe", "Scores", "Limits", "Training data", "Licence"], SectionHeading().Matches(card).Select(match => match.Groups[1].Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Card_EveryModel_StatesTheSizeOfItsNetwork(string name)
    {
        PretrainedModel pretrained = PretrainedModels.Find(name);
        Network network = pretrained.Load().Network;
        string card = pretrained.Card;

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{network.ParameterCount:N0} parameters"), card);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{network.MacsPerPixel / 1000:F0} thousand multiply–accumulate operations per pixel"), card);
    }

    [GeneratedRegex("^## (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex SectionHeading();
}
