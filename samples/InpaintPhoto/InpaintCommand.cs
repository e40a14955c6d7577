using System.CommandLine;
using System.CommandLine.Parsing;
using ImageRestoration;
using ImageRestoration.Classical.Inpainting;
using ImageRestoration.ImageSharp;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using PhotoCommands;
using Spectre.Console;

namespace InpaintPhoto;

/// <summary>The command line and what it does.</summary>
internal static class InpaintCommand
{
    private static readonly SortedDictionary<string, Func<IRestorer>> _methods = new(StringComparer.Ordinal)
    {
        ["biharmonic"] = () => new BiharmonicRestorer(),
        ["harmonic"] = () => new HarmonicRestorer(),
        ["linear"] = () => new LinearRestorer(),
        ["nearest"] = () => new NearestRestorer(),
        ["patchmatch"] = () => new PatchMatchRestorer(),
        ["telea"] = () => new TeleaRestorer(),
    };

    public static RootCommand Create(IAnsiConsole console)
    {
        var photographs = new PhotoArguments($"A .safetensors or .onnx file, the name of a bundled model, or a method without a model ({string.Join(", ", _methods.Keys)}); a bundled model where not given.", _methods);
        var mask = new Option<string?>("--mask") { Description = "Missing is what is bright in this picture, which is as large as each photograph.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "Missing is what has this colour: a name such as magenta, or RRGGBB. The tolerance is in steps of 8 bits (0 where not given); JPEG needs about 25.", HelpName = "COLOR[:TOLERANCE]" };
        var transparent = new Option<bool>("--transparent") { Description = "Missing is what is transparent; it becomes opaque." };
        var strategy = new Option<string?>("--strategy") { Description = $"To try a model: missing is what a pattern takes away ({MissingPart.Patterns}). The picture with its holes is written too, as NAME-holes.png, and the result is compared with the truth.", HelpName = "PATTERN" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the pattern.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var grow = new Option<int>("--grow") { Description = "Makes the missing part larger on all sides by so many pixels: for masks painted by hand, and for colours with soft edges.", HelpName = "N" };
        var texture = new Option<bool>("--texture")
        {
            Description = "Adds fine detail from the photograph itself to what is filled in, so that wide holes are less smooth.",
        };
        grow.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1000)
            {
                result.AddError("--grow is 0 to 1000.");
            }
        });

        Option[] sources = [mask, key, transparent, strategy];
        var command = new RootCommand("Fills in what is missing in photographs. All other pixels stay what they are.") { mask, key, transparent, strategy, seed, grow, texture };
        photographs.AddTo(command);
        command.Validators.Add(result => CheckOne(result, sources));
        command.SetAction((parsed, cancellationToken) => PhotoCommand.RunAsync(console, async () =>
        {
            MissingPart missing = parsed.GetValue(mask) is { } file ? MissingPart.FromFile(file)
                : parsed.GetValue(key) is { } color ? MissingPart.FromKey(color)
                : parsed.GetValue(strategy) is { } pattern ? MissingPart.FromPattern(pattern, parsed.GetValue(seed))
                : MissingPart.Transparent;
            missing = missing.Grow(parsed.GetValue(grow));
            using IRestorer structure = photographs.Open(parsed, RestorationTask.Inpaint);
            if (!structure.Info.TakesMask)
            {
                throw new ArgumentException($"Model '{structure.Info.Name}' restores whole pictures and does not fill in missing pixels. Give a model that takes a mask, or one of the methods {string.Join(", ", _methods.Keys)}.");
            }

            using TextureSynthesisRestorer? textured = parsed.GetValue(texture) ? new(structure, leaveOpen: true) : null;
            IRestorer restorer = textured ?? structure;
            string folder = photographs.OutputFolder(parsed);
            using var filling = new FillingRestorer(restorer, missing.WhereNone);
            using var photos = new PhotoRestorer(filling, new ImageSharpCodec(), leaveOpen: true) { Alpha = photographs.Alpha(parsed) };
            var run = new PhotoRun(console, photos, restorer.Info, folder);
            IReadOnlyList<PhotoOutcome> outcomes = await run.RunAsync(photographs.Inputs(parsed), photographs.Batch(parsed, missing.Mask), cancellationToken);
            bool areDone = outcomes.All(outcome => outcome.Result is not null);
            return missing.Pattern is null
                ? areDone
                : await new PatternTrial(console, missing, photographs.Overwrites(parsed)).RunAsync(outcomes, cancellationToken) && areDone;
        }));
        return command;
    }

    private static void CheckOne(CommandResult result, Option[] sources)
    {
        if (sources.Count(option => result.GetResult(option) is { Implicit: false }) != 1)
        {
            result.AddError($"Say what is missing with exactly one of {string.Join(", ", sources.Select(option => option.Name))}.");
        }
    }
}
