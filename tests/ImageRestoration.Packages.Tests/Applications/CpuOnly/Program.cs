using ImageRestoration.ImageSharp;
using ImageRestoration.Models;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Photos;

using var photos = new PhotoRestorer(new OnnxRestorer(PretrainedModels.DenoiseColor.Load()), new ImageSharpCodec());
PhotoResult result = await photos.RestoreAsync(args[0], args[1]);
Console.WriteLine($"{result.Width}×{result.Height} pixels restored in {result.TotalTime.TotalSeconds:F1} s");
