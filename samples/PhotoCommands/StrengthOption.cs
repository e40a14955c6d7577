using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.Restoration;

namespace PhotoCommands;

/// <summary>How much of the restored picture the results have: a number, or what follows from the noise of each photograph.</summary>
internal sealed class StrengthOption
{
    private const string Automatic = "auto";

    private readonly Option<string?> _option = new("--strength")
    {
        Description = "How much of the restored picture there is in the result, 0 to 1, or auto: the noisier a photograph is, the more, "
            + "so that clean ones stay as they are. 1 where not given.",
        HelpName = "S|auto",
    };

    public StrengthOption()
        => _option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && text != Automatic && Number(text) is null)
            {
                result.AddError("--strength is a number from 0 to 1, or auto.");
            }
        });

    public void AddTo(RootCommand command) => command.Options.Add(_option);

    /// <summary>Whether strength follows from the noise.</summary>
    public bool IsAutomatic(ParseResult parsed) => parsed.GetValue(_option) == Automatic;

    /// <summary>Puts around a restorer what decides the strength, where the user leaves that to it.</summary>
    /// <exception cref="ArgumentException">The restorer is not there to remove noise.</exception>
    public IRestorer Apply(ParseResult parsed, IRestorer restorer)
        => !IsAutomatic(parsed) ? restorer : restorer.Info.Task == RestorationTask.Denoise
            ? new AutomaticStrengthRestorer(restorer)
            : throw new ArgumentException(
                $"--strength auto follows from noise, and '{restorer.Info.Name}' is for something else. Give a number from 0 to 1.");

    /// <summary>The settings with the number that was given; <see langword="null"/> where there is none.</summary>
    public RestorationOptions? Settings(ParseResult parsed)
        => parsed.GetValue(_option) is { } text && Number(text) is { } strength ? new RestorationOptions { Strength = strength } : null;

    private static float? Number(string text)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && number is >= 0 and <= 1
            ? number
            : null;
}
