using ImageRestoration.Imaging;

namespace ImageRestoration.Networks;

/// <summary>A value during reference evaluation: float64, NCHW.</summary>
internal sealed class ReferenceValue
{
    private readonly double[] _values;

    internal ReferenceValue(ImageShape shape)
    {
        Shape = shape;
        _values = new double[checked((int)shape.ElementCount)];
    }

    internal ImageShape Shape { get; }

    internal Span<double> Values => _values;

    internal static ReferenceValue From(ImageTensor tensor)
    {
        var value = new ReferenceValue(tensor.Shape);
        ReadOnlySpan<float> source = tensor.Span;
        for (int i = 0; i < source.Length; i++)
        {
            value._values[i] = source[i];
        }

        return value;
    }

    internal Span<double> Plane(int batch, int channel)
    {
        int pixels = Shape.Height * Shape.Width;
        return _values.AsSpan(((batch * Shape.Channels) + channel) * pixels, pixels);
    }

    internal Span<double> Row(int batch, int channel, int row) => Plane(batch, channel).Slice(row * Shape.Width, Shape.Width);

    internal ImageTensor ToImageTensor()
    {
        ImageTensor tensor = ImageTensor.CreateUninitialized(Shape);
        Span<float> destination = tensor.Span;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)_values[i];
        }

        return tensor;
    }
}
