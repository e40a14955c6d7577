using System.CommandLine;
using System.CommandLine.Parsing;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Models;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;

namespace PhotoCommands;

/// <summary>The arguments and options of every program that makes photographs of photographs.</summary>
internal sealed class PhotoArguments
{
    private readonly Argument<string[]> _inputs = new("INPUT") { Description = "Photographs (.png, .jpg, .jpeg, .webp, .tif, .tiff) and folders of them.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for the results; made if missing.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _model;
    private readonly Option<bool> _fast = new("--fast") { Description = "The bundled model that costs a fifth of the time, where there is one." };
    private readonly Option<string?> _backend = new("--backend", "-b") { Description = "What computes: C# itself (managed, the default), ONNX Runtime or libtorch." };
    private readonly Option<int?> _threads = new("--threads", "-t") { Description = "Threads that compute; the backend's choice where not given.", HelpName = "N" };
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Search folders within folders; the output has the same folders." };
    private readonly Option<string?> _extension = new("--format", "-f") { Description = "Extension of all results, such as .png; each photograph's own where not given.", HelpName = "EXT" };
    private readonly Option<AlphaHandling> _alpha = new("--alpha") { Description = "What becomes of transparency: kept as it is (the default), restored as a plane of its own, or dropped." };
    private readonly Option<int> _parallel = new("--parallel") { Description = "Photographs that are worked on at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _tile = new("--tile") { Description = "Side of the tiles that photographs are cut into, which bounds the memory; the result is the same. 0 for whole photographs.", HelpName = "N", DefaultValueFactory = _ => 1024 };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files in the output folder. Photographs given as input are never replaced." };

    private readonly IReadOnlyDictionary<string, Func<IRestorer>> _methods;

    /// <summary>Declares the arguments and options.</summary>
    /// <param name="modelDescription">What <c>--model</c> takes, and what serves without it.</param>
    /// <param name="methods">Methods without a model that <c>--model</c> takes too, by name.</param>
    public PhotoArguments(string modelDescription, IReadOnlyDictionary<string, Func<IRestorer>>? methods = null)
    {
        _methods = methods ?? new Dictionary<string, Func<IRestorer>>(StringComparer.Ordinal);
        _model = new Option<string?>("--model", "-m") { Description = modelDescription, HelpName = "M" };
        _backend.AcceptOnlyFromAmong(RestorerSource.Managed, RestorerSource.Onnx, RestorerSource.Torch);
        _threads.Validators.Add(result => Check(result, result.GetValueOrDefault<int?>() is null or (>= 1 and <= 1024), "--threads is 1 to 1024."));
        _extension.AcceptOnlyFromAmong([.. ImageFile.Extensions]);
        _parallel.Validators.Add(result => Check(result, result.GetValueOrDefault<int>() is >= 1 and <= 1024, "--parallel is 1 to 1024."));
        _tile.Validators.Add(result => Check(result, result.GetValueOrDefault<int>() is 0 or (>= 256 and <= 16384), "--tile is 0 or 256 to 16384."));
    }

    /// <summary>Adds the arguments and options to a program.</summary>
    public void AddTo(RootCommand command)
    {
        command.Arguments.Add(_inputs);
        foreach (Option option in new Option[] { _output, _model, _fast, _backend, _threads, _recursive, _extension, _alpha, _parallel, _tile, _overwrite })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => CheckNotBoth(result, _model, _fast));
    }

    /// <summary>Refuses a second choice of the model beside <c>--model</c>.</summary>
    public void ExcludeModel(RootCommand command, Option other)
        => command.Validators.Add(result => CheckNotBoth(result, _model, other));

    /// <summary>The photographs and folders.</summary>
    public string[] Inputs(ParseResult parsed) => parsed.GetRequiredValue(_inputs);

    /// <summary>Full path of the folder for the results.</summary>
    public string OutputFolder(ParseResult parsed) => Path.GetFullPath(parsed.GetRequiredValue(_output));

    /// <summary>Whether files in the output folder may be replaced.</summary>
    public bool Overwrites(ParseResult parsed) => parsed.GetValue(_overwrite);

    /// <summary>What becomes of transparency.</summary>
    public AlphaHandling Alpha(ParseResult parsed) => parsed.GetValue(_alpha);

    /// <summary>How the photographs are worked on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="mask">What is missing in each photograph, or <see langword="null"/>.</param>
    public PhotoBatchOptions Batch(ParseResult parsed, PhotoMask? mask) => new()
    {
        Recursive = parsed.GetValue(_recursive),
        Existing = Overwrites(parsed) ? ExistingOutput.Replace : ExistingOutput.Refuse,
        Extension = parsed.GetValue(_extension),
        MaximumParallelism = parsed.GetValue(_parallel),
        Mask = mask is null ? null : _ => mask,
    };

    /// <summary>Opens the model or method that was named, or else the bundled model for the task.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or none for the task.</exception>
    public IRestorer Open(ParseResult parsed, RestorationTask task)
    {
        string model = parsed.GetValue(_model) ?? PretrainedModels.For(task, parsed.GetValue(_fast) ? ModelSize.Fast : ModelSize.Standard).Name;
        if (_methods.TryGetValue(model, out Func<IRestorer>? create))
        {
            return create();
        }

        if (!RestorerSource.IsFile(model) && !PretrainedModels.All.Any(known => known.Name == model))
        {
            string methods = _methods.Count == 0 ? string.Empty : $", or one of the methods {string.Join(", ", _methods.Keys)}";
            throw new ArgumentException($"There is no model '{model}'. Give a .safetensors or .onnx file, one of the bundled models {string.Join(", ", PretrainedModels.All)}{methods}.");
        }

        return RestorerSource.Open(model, parsed.GetValue(_backend) ?? RestorerSource.DefaultBackend(model), parsed.GetValue(_threads), parsed.GetValue(_tile));
    }

    private static void Check(OptionResult result, bool isRight, string rule)
    {
        if (!isRight)
        {
            result.AddError(rule);
        }
    }

    private static void CheckNotBoth(CommandResult result, Option model, Option other)
    {
        if (result.GetResult(model) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
        {
            result.AddError($"{model.Name} names the model, and {other.Name} chooses a bundled one. Give one of them.");
        }
    }
}
