using ImageRestoration.ImageSharp;
using ImageRestoration.Models;
using ImageRestoration.OnnxRuntime;

using var photos = new PhotoRestorer(new OnnxRestorer(PretrainedModels.DenoiseColor.Load()));
PhotoResult result = await photos.RestoreAsync(args[0], args[1]);
Console.WriteLine($"{result.Width}×{result.Height} pixels restored in {result.TotalTime.TotalSeconds:F1} s");
