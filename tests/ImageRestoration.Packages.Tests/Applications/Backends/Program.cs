using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

Model model = PretrainedModels.DenoiseColorFast.Load();
using ImageTensor noisy = await ImageFile.LoadAsync(args[0]);
var exact = new ImageSaveOptions { BitsPerChannel = 16 };
foreach ((string name, Func<IRestorer> create) in new (string, Func<IRestorer>)[]
{
    ("managed", () => new ManagedRestorer(model)),
    ("onnx", () => new OnnxRestorer(model)),
    ("torch", () => new TorchRestorer(model)),
})
{
    using IRestorer restorer = create();
    using RestorationResult restored = await restorer.RestoreAsync(new RestorationRequest(noisy));
    await ImageFile.SaveAsync(restored.Image, Path.Combine(args[1], name + ".png"), exact);
    Console.WriteLine($"{name}: {restorer.Info.Name} on {restorer.Info.Backend}, {restorer.Info.Device}");
}
