using System.Security.Cryptography;
using System.Text;
using ImageRestoration.Models;
using ImageRestoration.Models.Tests;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Pretrained;

public sealed class PretrainedModelTests
{
    private const string FileName = "tiny/tiny.safetensors";

    private static readonly byte[] ModelFile = TestModels.ToFile(TestModels.CreateUNet());

    [Fact]
    public void Load_IntactFile_GivesTheModelAndKeepsIt()
    {
        PretrainedModel pretrained = Create(ModelFile, Sums(ModelFile));

        Model model = pretrained.Load();

        Assert.Equal("tiny", model.Info.Name);
        Assert.Same(model, pretrained.Load());
    }

    [Fact]
    public async Task Load_ManyThreads_AllGetTheSameModel()
    {
        PretrainedModel pretrained = Create(ModelFile, Sums(ModelFile));

        Model[] models = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(pretrained.Load)));

        Assert.Single(models.Distinct());
    }

    [Fact]
    public void Load_OneChangedByte_SaysBothChecksums()
    {
        byte[] damaged = [.. ModelFile];
        damaged[^1] ^= 1;
        PretrainedModel pretrained = Create(damaged, Sums(ModelFile));

        var e = Assert.Throws<ModelFormatException>(pretrained.Load);

        Assert.Contains(Hash(damaged), e.Message);
        Assert.Contains(Hash(ModelFile), e.Message);
        Assert.Contains("'tiny'", e.Message);
    }

    [Fact]
    public void OpenRead_OneChangedByte_Throws()
    {
        byte[] damaged = [.. ModelFile];
        damaged[0] ^= 1;

        Assert.Throws<ModelFormatException>(Create(damaged, Sums(ModelFile)).OpenRead);
    }

    [Fact]
    public void OpenRead_IntactFile_GivesItsBytesTwice()
    {
        PretrainedModel pretrained = Create(ModelFile, Sums(ModelFile));

        for (int i = 0; i < 2; i++)
        {
            using Stream stream = pretrained.OpenRead();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.Equal(ModelFile, copy.ToArray());
        }
    }

    [Fact]
    public void Load_MatchingChecksumOfATruncatedFile_NamesTheModel()
    {
        byte[] truncated = ModelFile[..^10];

        var e = Assert.Throws<ModelFormatException>(Create(truncated, Sums(truncated)).Load);

        Assert.Contains("'tiny'", e.Message);
    }

    [Fact]
    public void Load_NoFile_SaysWhichAndWhatToDo()
    {
        PretrainedModel pretrained = Create(file: null, Sums(ModelFile));

        var e = Assert.Throws<ModelFormatException>(pretrained.Load);

        Assert.Contains(FileName, e.Message);
        Assert.Contains("released package", e.Message);
    }

    [Fact]
    public void Sha256_NotListed_SaysHowToRenewTheList()
    {
        PretrainedModel pretrained = Create(ModelFile, $"{Hash(ModelFile)}  other/other.safetensors\n");

        var e = Assert.Throws<ModelFormatException>(() => pretrained.Sha256);

        Assert.Contains("sha256sum", e.Message);
    }

    [Theory]
    [InlineData("  ")]
    [InlineData(" *")]
    public void Sha256_TextAndBinaryLines_AreBothRead(string separator)
    {
        string sums = $"{new string('0', 64)}{separator}a/a.safetensors\n{Hash(ModelFile).ToUpperInvariant()}{separator}{FileName}\n";

        Assert.Equal(Hash(ModelFile), Create(ModelFile, sums).Sha256);
    }

    [Fact]
    public void Card_IsTheTextOfItsFileAndWhatAllModelsShare()
    {
        var files = new Dictionary<string, byte[]> { ["tiny/card.md"] = Encoding.UTF8.GetBytes("# tiny – Ä\n"), ["training-data.md"] = Encoding.UTF8.GetBytes("## Training data\n") };

        Assert.Equal("# tiny – Ä\n\n## Training data\n", Create(files).Card);
    }

    private static PretrainedModel Create(byte[]? file, string sums)
    {
        var files = new Dictionary<string, byte[]> { ["SHA256SUMS"] = Encoding.UTF8.GetBytes(sums) };
        if (file is not null)
        {
            files.Add(FileName, file);
        }

        return Create(files);
    }

    private static PretrainedModel Create(Dictionary<string, byte[]> files)
        => new(
            "tiny",
            RestorationTask.Denoise,
            ModelSize.Standard,
            channels: 3,
            new ModelResources(
                name => files.TryGetValue(name, out byte[]? bytes) ? new MemoryStream(bytes, writable: false) : null, "ImageRestoration.Models"));

    private static string Sums(byte[] file) => $"{Hash(file)}  {FileName}\n";

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
