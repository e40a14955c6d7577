using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Converts between the library's shapes and ONNX Runtime's.</summary>
internal static class OnnxShapes
{
    internal static ImageShape Of(OrtValue value)
    {
        long[] shape = value.GetTensorTypeAndShape().Shape;
        return shape.Length == 4
            ? new ImageShape((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3])
            : throw new TensorShapeException(
                $"ONNX Runtime returned a tensor of {shape.Length} dimensions; pictures and latents have 4: batch, channels, height, "
                    + "width.");
    }

    internal static int Apply(AffineSize scale, int extent)
        => checked((int)((extent * scale.Numerator / scale.Denominator) + scale.Offset));
}
