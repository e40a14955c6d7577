using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Writes training's progress as JSON lines, one object for each step, and reads it back. A line is handed to the operating system as soon
/// as its step is done, so that a killed run loses none, and other programs can follow the file.
/// </summary>
/// <remarks>
/// The properties are those of <see cref="TrainingProgress"/> in camel case, times in seconds; <c>validationPsnr</c> stands only in the
/// lines of steps that ended with a validation. Numbers that are not finite are the texts <c>Infinity</c>, <c>-Infinity</c> and <c>NaN</c>.
/// Safe for use from several threads. Dispose it to close the file.
/// </remarks>
public sealed class TrainingLog : IProgress<TrainingProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly FileStream _file;
    private readonly string _path;

    /// <summary>Opens the log of a run: a new one, or that of a run which goes on.</summary>
    /// <param name="path">The file, usually <c>.jsonl</c>. A missing folder is made.</param>
    /// <param name="resumedStep">
    /// <see cref="Trainer.Step"/> after <see cref="Trainer.Resume"/>: what the file says of later steps is dropped, for they come again. 0
    /// for a new run, which replaces the file.
    /// </param>
    /// <exception cref="TrainingException">The file to continue is no log.</exception>
    public TrainingLog(string path, long resumedStep = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(resumedStep);
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        long kept = resumedStep > 0 && File.Exists(path)
            ? TrainingLogReader.Read(path).TakeWhile(line => line.Entry.Step <= resumedStep).LastOrDefault().End
            : 0;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.SetLength(kept);
        _file.Seek(kept, SeekOrigin.Begin);
    }

    /// <summary>Reads a log, also of a run that goes on. A last line that is not complete is left out.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// What was reported, by rising steps. <see cref="TrainingProgress.Elapsed"/> starts again where the run was resumed.
    /// </returns>
    /// <exception cref="TrainingException">A line is no entry of a log.</exception>
    public static IReadOnlyList<TrainingProgress> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return [.. TrainingLogReader.Read(path).Select(line => line.Entry)];
    }

    /// <summary>Appends a line.</summary>
    /// <param name="value">What to write.</param>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line))
            {
                Write(json, value);
            }

            _line.Write("\n"u8);
            try
            {
                _file.Write(_line.WrittenSpan);
            }
            catch (IOException e)
            {
                throw TrainerErrors.LogUnwritable(value.Step, _path, e);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private static void Write(Utf8JsonWriter json, TrainingProgress value)
    {
        json.WriteStartObject();
        json.WriteNumber("step", value.Step);
        json.WriteNumber("steps", value.Steps);
        WriteNumber(json, "epoch", Math.Round(value.Epoch, 4));
        WriteNumber(json, "loss", value.Loss);
        if (value.Terms.Count > 0)
        {
            json.WriteStartObject("terms");
            foreach ((string term, double part) in value.Terms)
            {
                WriteNumber(json, term, part);
            }

            json.WriteEndObject();
        }

        WriteNumber(json, "learningRate", value.LearningRate);
        WriteNumber(json, "gradientNorm", (float)value.GradientNorm);
        json.WriteNumber("patchSize", value.PatchSize);
        WriteNumber(json, "patchesPerSecond", Math.Round(value.PatchesPerSecond, 2));
        WriteNumber(json, "dataWaitShare", Math.Round(value.DataWaitShare, 4));
        if (value.Validated && value.ValidationPsnr is { } psnr)
        {
            WriteNumber(json, "validationPsnr", psnr);
        }

        WriteNumber(json, "elapsed", Math.Round(value.Elapsed.TotalSeconds, 3));
        WriteNumber(json, "remaining", Math.Round(value.Remaining.TotalSeconds, 1));
        json.WriteEndObject();
    }
    /// <summary>JSON has no number for what is not finite, such as the score of a picture without any error: a text says it.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
