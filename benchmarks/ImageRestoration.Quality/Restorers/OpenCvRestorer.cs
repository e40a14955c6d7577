using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Restorers;

/// <summary>
/// Inpainting and denoising by OpenCV in a Python process: pictures and masks go in through a pipe, so that all else about a score is this
/// program's.
/// </summary>
internal sealed class OpenCvRestorer : IRestorer
{
    /// <summary>What rows say computed.</summary>
    public const string Backend = "opencv";

    /// <summary>Name of fastNlMeansDenoisingColored before its h; of grey pictures, fastNlMeansDenoising.</summary>
    public const string NonLocalMeans = "opencv-nl-means:";

    private const string Script = "benchmarks/classical/opencv_restore.py";

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);

    private OpenCvRestorer(string name, Process process)
    {
        _process = process;
        bool denoises = name.StartsWith(NonLocalMeans, StringComparison.Ordinal);
        RestorationTask task = denoises ? RestorationTask.Denoise : RestorationTask.Inpaint;
        Info = new(name, task, Channels: 0, TakesMask: !denoises, Backend, "cpu");
    }

    /// <summary>Names of the methods that fill in.</summary>
    public static IReadOnlyList<string> Inpainting { get; } = ["opencv-telea:3", "opencv-navier-stokes:3"];

    /// <inheritdoc/>
    public RestorerInfo Info { get; }

    /// <summary>Starts the process; the caller disposes the restorer.</summary>
    /// <param name="name">One of <see cref="Inpainting"/>, or <see cref="NonLocalMeans"/> and h on the scale [0, 255].</param>
    /// <param name="python">A Python 3 with cv2 and numpy.</param>
    /// <param name="threads">Threads of OpenCV; its own choice where null.</param>
    public static OpenCvRestorer Start(string name, string python, int? threads)
    {
        string[] parts = name["opencv-".Length..].Split(':');
        string[] arguments = [RepositoryFiles.Find(Script), "--method", parts[0], "--number", parts[1]];
        if (threads is { } count)
        {
            arguments = [.. arguments, "--threads", count.ToString(CultureInfo.InvariantCulture)];
        }

        try
        {
            return new OpenCvRestorer(name, Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new QualityException($"'{python}' does not start: {e.Message}. Give a Python 3 with OpenCV and NumPy with --opencv.", e);
        }
    }

    /// <inheritdoc/>
    public async Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Mask is null && Info.TakesMask)
        {
            throw new ArgumentException($"Restorer '{Info.Name}' needs a mask. Give one with the request.", nameof(request));
        }

        Mask mask = request.Mask ?? All(request.Image);
        ImageTensor result = request.Image.Clone();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Stream input = _process.StandardInput.BaseStream, output = _process.StandardOutput.BaseStream;
            int[] shape = [request.Image.Channels, request.Image.Height, request.Image.Width];
            Write<int>(input, shape);
            Write(input, request.Image.Span);
            input.Write(mask.Values);
            input.Flush();
            if (!(await ReadAsync<int>(output, shape.Length, cancellationToken)).SequenceEqual(shape))
            {
                throw new IOException("It says what no picture is.");
            }

            double seconds = (await ReadAsync<double>(output, 1, cancellationToken))[0];
            (await ReadAsync<float>(output, result.Span.Length, cancellationToken)).CopyTo(result.Span);
            return new RestorationResult(result, TimeSpan.FromSeconds(seconds));
        }
        catch (IOException e)
        {
            result.Dispose();
            throw new QualityException($"'{Info.Name}' ended: {e.Message} What Python said stands above; give a Python 3 with OpenCV and NumPy with --opencv.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
        }
        catch (IOException)
        {
            // It has ended already, and whoever waited for its answer was told.
        }

        _process.Dispose();
        _turn.Dispose();
    }

    private static Mask All(ImageTensor image)
    {
        var mask = new Mask(image.Height, image.Width);
        mask.Values.Fill(1);
        return mask;
    }

    private static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
        => stream.Write(MemoryMarshal.AsBytes(values));

    private static async Task<T[]> ReadAsync<T>(Stream stream, int count, CancellationToken cancellationToken)
        where T : unmanaged
    {
        byte[] bytes = new byte[count * Marshal.SizeOf<T>()];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}
