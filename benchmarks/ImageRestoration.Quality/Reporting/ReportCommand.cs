using System.CommandLine;
using System.Text;
using ImageRestoration.IO;

namespace ImageRestoration.Quality.Reporting;

/// <summary>Command line of the report.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("JSON") { Description = "Files that suite and robustness wrote; where two have a row in common, the later one's stands.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<FileInfo>("--output") { Description = "The page whose tables are renewed.", HelpName = "FILE", DefaultValueFactory = _ => new(RepositoryFiles.Find("docs/models.md")) };
        var cards = new Option<DirectoryInfo>("--cards") { Description = "Folder of the models whose cards' scores are renewed.", HelpName = "DIR", DefaultValueFactory = _ => new(RepositoryFiles.Find("src/ImageRestoration.Models")) };
        var command = new Command("report", """
            Renews the tables and plots of docs/models.md and the scores of the models' cards from rows. Cards take scores over whole folders
            alone; the page says so where a part of the pictures was taken.
            """)
        {
            files, output, cards,
        };
        command.SetAction(result =>
        {
            ReportInput input = ReportInput.Read(result.GetRequiredValue(files).Select(file => file.FullName));
            foreach ((string path, string content) in Report.Create(input, result.GetRequiredValue(output).FullName, result.GetRequiredValue(cards).FullName))
            {
                if (!File.Exists(path) || File.ReadAllText(path) != content)
                {
                    AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));
                    result.InvocationConfiguration.Output.WriteLine($"Written: {path}");
                }
            }
        });
        return command;
    }
}
