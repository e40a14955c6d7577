using System.Globalization;
using System.Text.Json;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRestoration.OnnxRuntime;

/// <summary>A session with what a restorer must know about it, however it came to be.</summary>
internal sealed record RestorerNetwork(
    OnnxSession Session, RestorerInfo Info, string[] InputNames, string OutputName, bool OnePictureAtATime)
{
    private const int BatchAxis = 0;
    private const int ChannelAxis = 1;
    private const int Rank = 4;
    private const int LargestHalo = 1 << 24;

    internal static RestorerNetwork Open(Model model, OnnxOptions options)
    {
        RestorerInfo info = RestorerInfo.For(model, LayerLowering.Backend, options.Device);
        ExportedNetwork exported = OnnxExporter.Build(model.Network, model.Weights, options.Precision);
        OnnxSession session = exported.Open(model.Network, model.Weights, model.Info.Name, options);
        return new RestorerNetwork(
            session, info with { Device = session.Device }, [.. exported.InputNames], exported.OutputNames[0], OnePictureAtATime: false);
    }

    internal static RestorerNetwork Open(string path, OnnxOptions options)
    {
        ThrowIfPrecisionIsAsked(options);
        OnnxSession session = OnnxSession.FromFile(path, options);
        try
        {
            if (!session.Metadata.TryGetValue(OnnxMetadata.FormatKey, out string? format) || format != OnnxMetadata.FormatValue
                || !session.Metadata.TryGetValue(OnnxMetadata.InfoKey, out string? info)
                    || !session.Metadata.TryGetValue(OnnxMetadata.SizeMultipleKey, out string? sizeMultiple))
            {
                throw OnnxFileErrors.WithoutTask(path);
            }

            string part = session.Metadata.GetValueOrDefault(OnnxMetadata.PartKey, string.Empty);
            if (!part.Equals(nameof(OnnxModelPart.Whole), StringComparison.OrdinalIgnoreCase))
            {
                throw OnnxFileErrors.PartOfModel(path, part);
            }

            ModelInfo model = ReadInfo(path, info);
            RestorerNetwork network = Describe(session, path, model.Name, model.Task, ReadSizeMultiple(path, sizeMultiple), options);
            return network with
            {
                Info = network.Info with
                {
                    Fill = model.Fill,
                    NormalizesExposure = model.NormalizesExposure,
                    TileHalo = session.Metadata.TryGetValue(OnnxMetadata.TileHaloKey, out string? halo) ? ReadTileHalo(path, halo) : null,
                    ValuesPerPixel = session.Metadata.TryGetValue(OnnxMetadata.ValuesPerPixelKey, out string? values)
                        ? ReadValuesPerPixel(path, values)
                        : null,
                },
            };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    internal static RestorerNetwork Open(string path, RestorationTask task, Size2d sizeMultiple, OnnxOptions options)
    {
        if (!Enum.IsDefined(task))
        {
            throw OnnxFileErrors.UnknownTask(task, nameof(task));
        }

        if (sizeMultiple.Height < 1 || sizeMultiple.Width < 1)
        {
            throw OnnxFileErrors.SizeMultiple(sizeMultiple, nameof(sizeMultiple));
        }

        ThrowIfPrecisionIsAsked(options);
        OnnxSession session = OnnxSession.FromFile(path, options);
        try
        {
            return Describe(session, path, Path.GetFileNameWithoutExtension(path), task, sizeMultiple, options);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void ThrowIfPrecisionIsAsked(OnnxOptions options)
    {
        if (options.Precision != OnnxPrecision.Float32)
        {
            throw OnnxFileErrors.PrecisionOfFile(options.Precision, nameof(options));
        }
    }

    private static RestorerNetwork Describe(
        OnnxSession session, string path, string name, RestorationTask task, Size2d sizeMultiple, OnnxOptions options)
    {
        string[] inputNames = [.. session.InputNames];
        if (inputNames.Length is not (1 or 2))
        {
            throw OnnxFileErrors.InputCount(path, inputNames);
        }

        int[] image = PictureDimensions(path, inputNames[0], session.Inputs[inputNames[0]]);
        int channels = image[ChannelAxis] >= 1
            ? image[ChannelAxis]
            : throw OnnxFileErrors.OpenChannels(path, inputNames[0]);
        if (inputNames.Length == 2 && PictureDimensions(path, inputNames[1], session.Inputs[inputNames[1]])[ChannelAxis] != 1)
        {
            throw OnnxFileErrors.NoMask(path, inputNames[1]);
        }

        string outputName = session.OutputNames[0];
        int[] output = PictureDimensions(path, outputName, session.Outputs[outputName]);
        if (output[ChannelAxis] >= 1 && output[ChannelAxis] != channels)
        {
            throw OnnxFileErrors.ChannelsChanged(path, output[ChannelAxis], channels);
        }

        bool single = image[BatchAxis] == 1 || output[BatchAxis] == 1;
        var info = new RestorerInfo(name, task, channels, inputNames.Length == 2, LayerLowering.Backend, session.Device)
        {
            SizeMultiple = sizeMultiple,
        };
        return new RestorerNetwork(session, info, inputNames, outputName, single);
    }

    /// <summary>Sizes of a value, below 1 where open; throws unless pictures of every size fit.</summary>
    private static int[] PictureDimensions(string path, string name, NodeMetadata value)
    {
        if (!value.IsTensor || value.ElementDataType != TensorElementType.Float)
        {
            throw OnnxFileErrors.ElementType(path, name);
        }

        int[] dimensions = value.Dimensions;
        if (dimensions.Length != Rank)
        {
            throw OnnxFileErrors.Dimensions(path, name, dimensions.Length, Rank);
        }

        return dimensions[BatchAxis] <= 1 && dimensions[2] < 1 && dimensions[3] < 1
            ? dimensions
            : throw OnnxFileErrors.FixedSize(path, name, dimensions);
    }

    /// <summary>Reads what restorers need of a model's description.</summary>
    private static ModelInfo ReadInfo(string path, string info)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(info);
            string name = json.RootElement.GetProperty("name").GetString() ?? string.Empty;
            string task = json.RootElement.GetProperty("task").GetString() ?? string.Empty;
            string fill = json.RootElement.TryGetProperty("fill", out JsonElement value)
                ? value.GetString() ?? string.Empty
                : nameof(InitialFill.Zero);
            string? exposure = json.RootElement.TryGetProperty("exposure", out value) ? value.GetString() : null;
            return new ModelInfo
            {
                Name = name,
                Task = Enum.TryParse(task, ignoreCase: true, out RestorationTask parsed) && Enum.IsDefined(parsed)
                    ? parsed
                    : RestorationTask.Other,
                Fill = Enum.TryParse(fill, ignoreCase: true, out InitialFill known) && Enum.IsDefined(known)
                    ? known
                    : throw new InvalidOperationException($"the fill '{fill}' is not known."),
                NormalizesExposure = exposure switch
                {
                    null => false,
                    "scene" => true,
                    "automatic" => throw new InvalidOperationException("the model was trained for the automatic exposure of version 0.1."),
                    _ => throw new InvalidOperationException($"the exposure '{exposure}' is not known."),
                },
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw OnnxFileErrors.Description(path, e);
        }
    }

    private static Size2d ReadSizeMultiple(string path, string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && height >= 1 && width >= 1
            ? new Size2d(height, width)
            : throw OnnxFileErrors.SizeMultipleText(path, text);
    }

    private static ReceptiveField ReadTileHalo(string path, string text)
    {
        if (text == OnnxMetadata.GlobalHalo)
        {
            return ReceptiveField.Global;
        }

        string[] parts = text.Split(',');
        var sides = new int[4];
        bool valid = parts.Length == sides.Length;
        for (int i = 0; valid && i < sides.Length; i++)
        {
            valid = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sides[i]) && sides[i] <= LargestHalo;
        }

        return valid
            ? new ReceptiveField(sides[0], sides[1], sides[2], sides[3], IsGlobal: false)
            : throw OnnxFileErrors.TileHaloText(path, text, LargestHalo);
    }

    private static double ReadValuesPerPixel(string path, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double values)
            && values > 0
            && double.IsFinite(values)
            ? values
            : throw OnnxFileErrors.ValuesPerPixelText(path, text);
}
