using System.CommandLine;

namespace ImageRestoration.Quality.Exposure;

/// <summary>Command line of the fit of automatic exposure.</summary>
internal static class ExposureCommand
{
    public static Command Create()
    {
        var images = new Option<DirectoryInfo>("--images")
        {
            Description = "Folder of well-exposed photographs, not those of an evaluation; its subfolders are searched, too.",
            HelpName = "DIR",
            Required = true,
        };
        var limit = new Option<int?>("--limit") { Description = "Takes only the first N photographs by path.", HelpName = "N" };
        QualityCommand.RequirePositive(limit);
        var command = new Command("exposure", """
            Fits what AutoExposure multiplies quantiles by, and prints it with the mean error in stops on every fourth photograph, which
            the fit did not see.
            """)
        {
            images, limit,
        };
        command.SetAction((result, cancellationToken) => new ExposureFit(result.InvocationConfiguration.Output)
            .RunAsync(result.GetRequiredValue(images).FullName, result.GetValue(limit), cancellationToken));
        return command;
    }
}
