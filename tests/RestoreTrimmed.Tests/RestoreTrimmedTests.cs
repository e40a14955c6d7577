using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;
using Xunit.Abstractions;

namespace RestoreTrimmed.Tests;

/// <summary>Publishes the sample trimmed and self-contained, and restores a picture with what came out: no installed .NET, no native library of ours.</summary>
public sealed class RestoreTrimmedTests(ITestOutputHelper log)
{
    private const int Width = 203;
    private const int Height = 157;
    private static readonly string _root = typeof(RestoreTrimmedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    [Fact]
    public async Task Publish_Trimmed_RestoresAPictureAndSaysWhatIsWrongWithADamagedOne()
    {
        string folder = Directory.CreateTempSubdirectory("restore-trimmed").FullName;
        try
        {
            string project = Path.Combine(_root, "samples", "RestoreTrimmed", "RestoreTrimmed.csproj");
            (int exit, string output) = await RunAsync("dotnet", "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", Path.Combine(folder, "app"), "--nologo", "-m:1");
            Assert.True(exit == 0, output);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
            log.WriteLine($"{Directory.EnumerateFiles(Path.Combine(folder, "app")).Where(f => Path.GetExtension(f) is not (".pdb" or ".xml")).Sum(f => new FileInfo(f).Length) / 1e6:0.0} MB");

            using ImageTensor clean = Picture(), noisy = clean.Clone();
            new GaussianNoise(25).Apply(noisy, new SeededRandom(1));
            Quantization.RoundTo8Bit(noisy);
            string input = Path.Combine(folder, "noisy.ppm"), restored = Path.Combine(folder, "restored.ppm");
            Write(noisy, input);
            string program = Path.Combine(folder, "app", OperatingSystem.IsWindows() ? "RestoreTrimmed.exe" : "RestoreTrimmed");
            (exit, output) = await RunAsync(program, input, restored);
            Assert.True(exit == 0, output);
            log.WriteLine(output);
            using ImageTensor result = Read(restored);
            double before = Psnr.Compute(clean, noisy), after = Psnr.Compute(clean, result);
            Assert.True(after > before + 8, $"PSNR went from {before:0.00} to {after:0.00} dB; it should gain 8 dB.");

            string png = Path.Combine(folder, "restored.png"), again = Path.Combine(folder, "again.png");
            (exit, output) = await RunAsync(program, input, png);
            Assert.True(exit == 0, output);
            using ImageTensor fromPng = ReadPng(png);
            Assert.Equal(result.Span.ToArray(), fromPng.Span.ToArray());
            (exit, output) = await RunAsync(program, png, again);
            Assert.True(exit == 0, output);

            byte[] bytes = await File.ReadAllBytesAsync(input);
            await File.WriteAllBytesAsync(input, bytes.AsMemory(0, bytes.Length / 2));
            (exit, output) = await RunAsync(program, input, Path.Combine(folder, "none.ppm"));
            Assert.Equal(1, exit);
            Assert.Contains("truncated", output, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(folder, "none.ppm")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Smooth colours with edges.</summary>
    private static ImageTensor Picture()
    {
        ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, Height, Width));
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    picture.Row(0, c, y)[x] = 0.5f + (0.25f * MathF.Sin((0.05f * x) + c)) + (((x / 40) + (y / 30)) % 2 == 0 ? 0.2f : -0.2f);
                }
            }
        }

        Quantization.RoundTo8Bit(picture);
        return picture;
    }

    private static void Write(ImageTensor image, string path)
    {
        using FileStream stream = File.Create(path);
        stream.Write(Encoding.ASCII.GetBytes($"P6\n# made by a test\n{Width} {Height}\n255\n"));
        for (int i = 0; i < Width * Height; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                stream.WriteByte((byte)MathF.Round(image.Plane(0, c)[i] * 255));
            }
        }
    }

    private static ImageTensor Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = bytes.Length - (3 * Width * Height);
        Assert.Equal($"P6\n{Width} {Height}\n255\n", Encoding.ASCII.GetString(bytes, 0, start));
        ImageTensor image = ImageTensor.Create(ImageShape.Single(3, Height, Width));
        for (int i = 0; i < Width * Height; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                image.Plane(0, c)[i] = bytes[start + (3 * i) + c] / 255f;
            }
        }

        return image;
    }

    private static ImageTensor ReadPng(string path)
    {
        using IRowSource source = RowFile.Open(path);
        ImageTensor image = ImageTensor.Create(ImageShape.Single(source.Format.Channels, source.Format.Height, source.Format.Width));
        source.Read(image, 0, image.Height);
        return image;
    }

    private static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
