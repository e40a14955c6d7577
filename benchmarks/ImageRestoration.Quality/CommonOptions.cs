using System.CommandLine;
using ImageRestoration.Models;
using ImageRestoration.Quality.Restorers;

namespace ImageRestoration.Quality;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<string> Backend()
    {
        var backend = new Option<string>("--backend") { Description = "What computes models.", DefaultValueFactory = _ => "onnx" };
        backend.AcceptOnlyFromAmong([.. RestorerFactory.Backends.Keys]);
        return backend;
    }

    public static Option<int?> Threads()
    {
        var threads = new Option<int?>("--threads") { Description = "Threads of the backend; its own choice by default.", HelpName = "N" };
        QualityCommand.RequirePositive(threads);
        return threads;
    }

    public static Option<string[]> Models() => new("--models")
    {
        Description = "Models, separated by commas: .safetensors files or bundled models; all of the latter by default.",
        HelpName = "FILE|NAME,…",
        CustomParser = QualityCommand.ParseNames,
        DefaultValueFactory = _ => [.. PretrainedModels.All.Select(model => model.Name)],
    };
}
