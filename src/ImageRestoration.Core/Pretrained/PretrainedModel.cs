using System.Reflection;
using System.Security.Cryptography;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models;

/// <summary>A model embedded in a library: a <c>.safetensors</c> file, its checksum and its card.</summary>
/// <remarks>Safe for use from several threads. The file is read when it is first asked for.</remarks>
public sealed class PretrainedModel
{
    private readonly ModelResources _resources;
    private readonly Lazy<Model> _model;
    private bool _verified;

    /// <summary>Names a model among the resources of a library.</summary>
    /// <param name="name">
    /// Name such as <c>denoise-color</c>. The resources are <c>NAME/NAME.safetensors</c>, <c>NAME/card.md</c>, <c>training-data.md</c> and
    /// <c>SHA256SUMS</c>, which lists the first.
    /// </param>
    /// <param name="task">What the model does to a picture.</param>
    /// <param name="library">The library that has the resources.</param>
    /// <param name="size">What the model costs.</param>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey.</param>
    /// <param name="greyModel">Of a model for RGB, the model that does the same for grey pictures, where there is one.</param>
    public PretrainedModel(
        string name, RestorationTask task, Assembly library,
        ModelSize size = ModelSize.Standard, int channels = 3, PretrainedModel? greyModel = null)
        : this(name, task, size, channels, new ModelResources(library ?? throw new ArgumentNullException(nameof(library))), greyModel)
    {
    }

    internal PretrainedModel(
        string name, RestorationTask task, ModelSize size, int channels, ModelResources resources, PretrainedModel? greyModel = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Task = task;
        Size = size;
        Channels = channels;
        GreyModel = greyModel;
        _resources = resources;
        _model = new Lazy<Model>(LoadOnce);
    }

    /// <summary>Name, such as <c>denoise-color</c>.</summary>
    public string Name { get; }

    /// <summary>What the model does to a picture.</summary>
    public RestorationTask Task { get; }

    /// <summary>What the model costs.</summary>
    public ModelSize Size { get; }

    /// <summary>Channels of the pictures it takes: 3 for RGB, 1 for grey.</summary>
    public int Channels { get; }

    /// <summary>The model that does the same for grey pictures; <see langword="null"/> where there is none, and of such a model.</summary>
    public PretrainedModel? GreyModel { get; }

    /// <summary>SHA-256 of the model file as 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="ModelFormatException">The library was built without this model.</exception>
    public string Sha256 => _resources.FindSha256(FileName);

    /// <summary>The model's card as Markdown: purpose, network, recipe, scores, limits, training data and licences.</summary>
    /// <exception cref="ModelFormatException">The library was built without this card.</exception>
    public string Card => $"{_resources.ReadText($"{Name}/card.md")}\n{_resources.ReadText("training-data.md")}";

    private string FileName => $"{Name}/{Name}.safetensors";

    /// <summary>Opens the model file for reading; the caller disposes the stream.</summary>
    /// <returns>A seekable stream at the file's beginning.</returns>
    /// <exception cref="ModelFormatException">The library was built without this model, or its SHA-256 is not the stated one.</exception>
    public Stream OpenRead()
    {
        Verify();
        return _resources.Open(FileName);
    }

    /// <summary>Loads the model, the first time; later calls return the same immutable instance.</summary>
    /// <returns>The network with its weights.</returns>
    /// <exception cref="ModelFormatException">The library was built without this model, or the file is damaged.</exception>
    public Model Load() => _model.Value;

    /// <summary>
    /// Makes a restorer for pictures of every kind: where there is a <see cref="GreyModel"/>, black-and-white pictures and those toned in
    /// one colour, however they are stored, go to it (<see cref="GreyRoutingRestorer"/>). It is loaded when the first of them comes.
    /// </summary>
    /// <param name="backend">
    /// Makes what runs a model, such as <c>model => new ManagedRestorer(model)</c>, tiled where wanted; called for each of both models.
    /// </param>
    /// <returns>The restorer; the caller disposes it.</returns>
    /// <exception cref="ModelFormatException">The library was built without this model, or the file is damaged.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public IRestorer CreateRestorer(Func<Model, IRestorer> backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        IRestorer restorer = backend(Load());
        return GreyModel is { } grey ? new GreyRoutingRestorer(restorer, () => backend(grey.Load())) : restorer;
    }

    /// <summary>Names the model.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private Model LoadOnce()
    {
        using Stream stream = OpenRead();
        try
        {
            return Model.Load(stream);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"Pretrained model '{Name}': {e.Message}", e);
        }
    }

    private void Verify()
    {
        // What is embedded cannot change, so once is enough; two threads that both get here do the same work.
        if (Volatile.Read(ref _verified))
        {
            return;
        }

        using Stream stream = _resources.Open(FileName);
        string actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!string.Equals(actual, Sha256, StringComparison.Ordinal))
        {
            throw new ModelFormatException(
                $"Pretrained model '{Name}' has SHA-256 {actual}; expected {Sha256}. The library is damaged: install the package again, "
                + "or renew SHA256SUMS if you replaced the model in the sources.");
        }

        Volatile.Write(ref _verified, true);
    }
}
