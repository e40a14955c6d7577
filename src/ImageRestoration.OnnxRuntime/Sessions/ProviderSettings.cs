using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Tells ONNX Runtime which device to use, and how; the keys are those of its documentation of providers.</summary>
internal static class ProviderSettings
{
    /// <summary>Adds the providers of some options to a session's settings. What no provider can do, the processor does.</summary>
    internal static void Append(SessionOptions settings, OnnxOptions options)
    {
        if (options.ExecutionProvider == OnnxExecutionProvider.TensorRt)
        {
            if (options.EngineCacheFolder is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using var engine = new OrtTensorRTProviderOptions();
            engine.UpdateOptions(OfTensorRt(options));
            settings.AppendExecutionProvider_Tensorrt(engine);
        }

        if (options.ExecutionProvider != OnnxExecutionProvider.Cpu)
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(OfCuda(options));
            settings.AppendExecutionProvider_CUDA(cuda);
        }
    }

    internal static Dictionary<string, string> OfCuda(OnnxOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["device_id"] = Text(options.DeviceIndex),

            // Steps of powers of two leave up to half of what was asked of the device unused.
            ["arena_extend_strategy"] = "kSameAsRequested",
            ["cudnn_conv_algo_search"] = options.MeasureAlgorithms ? "EXHAUSTIVE" : "HEURISTIC",
            ["use_tf32"] = Flag(options.AllowTf32),

            // 16-bit convolutions have their fastest kernels for values that lie channels-last.
            ["prefer_nhwc"] = Flag(options.Precision == OnnxPrecision.Float16),
        };
        if (options.DeviceMemoryLimit is { } limit)
        {
            settings["gpu_mem_limit"] = Text(limit);
        }

        return settings;
    }

    internal static Dictionary<string, string> OfTensorRt(OnnxOptions options)
    {
        bool cached = options.EngineCacheFolder is not null;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["device_id"] = Text(options.DeviceIndex),
            ["trt_fp16_enable"] = Flag(options.Precision == OnnxPrecision.Float16),
            ["trt_engine_cache_enable"] = Flag(cached),
            ["trt_timing_cache_enable"] = Flag(cached),
        };
        if (cached)
        {
            settings["trt_engine_cache_path"] = settings["trt_timing_cache_path"] = options.EngineCacheFolder!;
        }

        if (options.DeviceMemoryLimit is { } limit)
        {
            settings["trt_max_workspace_size"] = Text(limit);
        }

        return settings;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "1" : "0";
}
