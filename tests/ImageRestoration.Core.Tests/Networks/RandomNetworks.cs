using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

/// <summary>Draws small networks of all kinds of layers with odd settings: different along height and width, padded, dilated, grouped, branched.</summary>
internal sealed class RandomNetworks
{
    private const int MostChannels = 12;
    private readonly SeededRandom _random;
    private readonly NetworkBuilder _builder;
    private AffineSize _height = AffineSize.Identity;
    private AffineSize _width = AffineSize.Identity;
    private NetworkValue _value;

    private RandomNetworks(ulong seed)
    {
        _random = new SeededRandom(seed);
        _builder = new NetworkBuilder($"random{seed}");
        _value = _builder.Input("image", _random.Next(1, 4));
    }

    /// <summary>Whether there may be max-pools; they hide all but the largest value.</summary>
    private bool AllowMaxPool { get; init; } = true;

    /// <summary>Whether there may be activations with bounds, which flatten large values.</summary>
    private bool AllowBounded { get; init; } = true;

    /// <summary>Whether every value depends on all channels of the one before, so that the receptive field is tight.</summary>
    private bool MixChannels { get; init; }

    /// <summary>Draws a network of one or two inputs.</summary>
    internal static Network Create(ulong seed, int steps) => new RandomNetworks(seed).Build(steps, secondInput: true);

    /// <summary>Draws a network of one input in which no dependency can hide: unless it has max-pools, every value is a smooth function of all in its window.</summary>
    internal static Network CreateForReceptiveField(ulong seed, int steps, bool maxPools)
        => new RandomNetworks(seed) { AllowMaxPool = maxPools, AllowBounded = !maxPools, MixChannels = true }.Build(steps, secondInput: false);

    /// <summary>Draws pictures in [0, 1].</summary>
    internal static ImageTensor Picture(ImageShape shape, ulong seed)
    {
        var random = new SeededRandom(seed);
        ImageTensor image = ImageTensor.Create(shape);
        foreach (ref float value in image.Span)
        {
            value = random.NextSingle();
        }

        return image;
    }

    /// <summary>The smallest multiples of the size multiple that the network takes.</summary>
    internal static (int Height, int Width) SmallestSize(Network network)
    {
        for (int factor = 1; factor < 200; factor++)
        {
            (int height, int width) = (network.SizeMultiple.Height * factor, network.SizeMultiple.Width * factor);
            try
            {
                network.InferShapes(ImageShape.Single(network.Inputs[0].Channels, height, width));
                return (height, width);
            }
            catch (TensorShapeException)
            {
                // Too small for the kernels; the next multiple may do.
            }
        }

        throw new InvalidOperationException($"Network '{network.Name}' takes no size.");
    }

    /// <summary>Inputs for a network whose first input has a given size.</summary>
    internal static Dictionary<string, ImageTensor> Inputs(Network network, int batch, int height, int width, ulong seed)
    {
        IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(new ImageShape(batch, network.Inputs[0].Channels, height, width));
        return network.Inputs.ToDictionary(i => i.Name, i => Picture(shapes[i.Name], seed + (ulong)i.Name.Length), StringComparer.Ordinal);
    }

    private Network Build(int steps, bool secondInput)
    {
        if (secondInput && _random.Next(3) == 0)
        {
            _value = _value.Concat([_builder.Input("mask", 1)]);
        }

        for (int step = 0; step < steps; step++)
        {
            Step();
        }

        _builder.Output("result", _value);
        return _builder.Build();
    }

    private void Step()
    {
        switch (_random.Next(15))
        {
            case 0 or 1:
                Convolve();
                break;
            case 2:
                ConvolveTransposed();
                break;
            case 3:
                Activate();
                break;
            case 4:
                Pool();
                break;
            case 5:
                Upsample();
                break;
            case 6:
                Shuffle();
                break;
            case 7:
                Unshuffle();
                break;
            case 8:
                Pad();
                break;
            case 9:
                Scale();
                break;
            case 10:
                ChangeChannels();
                break;
            case 11:
                Normalize();
                break;
            case 12:
                CombineUnlike();
                break;
            default:
                Branch();
                break;
        }
    }

    private void Convolve()
    {
        Size2d kernel = Draw(1, 4), stride = Draw(1, CanShrink ? 3 : 1), dilation = Draw(1, 2);
        var padding = new Size2d(_random.Next(kernel.Height + 1), _random.Next(kernel.Width + 1));
        int outChannels = _random.Next(1, 5);
        int groups = !MixChannels && _random.Next(2) == 0 ? GreatestCommonDivisor(outChannels *= _value.Channels <= 4 ? _value.Channels : 1, _value.Channels) : 1;
        Moved(_value.Conv2d(outChannels, kernel, stride, padding, dilation, groups, bias: _random.Next(2) == 0),
            (axis, size) => size.Slide(2 * padding.Along(axis), (dilation.Along(axis) * (kernel.Along(axis) - 1)) + 1, stride.Along(axis)));
    }

    private void ConvolveTransposed()
    {
        Size2d stride = Draw(1, CanGrow ? 3 : 1), kernel = Draw(1, 4);
        if (MixChannels)
        {
            // A kernel smaller than the stride leaves positions that depend on nothing.
            kernel = new Size2d(Math.Max(kernel.Height, stride.Height), Math.Max(kernel.Width, stride.Width));
        }

        var padding = new Size2d(_random.Next(kernel.Height), _random.Next(kernel.Width));
        var outputPadding = new Size2d(_random.Next(stride.Height), _random.Next(stride.Width));
        Moved(_value.ConvTranspose2d(_random.Next(1, 5), kernel, stride, padding, outputPadding, bias: _random.Next(2) == 0),
            (axis, size) => size.Grow(-1).Scale(stride.Along(axis)).Grow(kernel.Along(axis) - (2 * padding.Along(axis)) + outputPadding.Along(axis)));
    }

    private void Activate()
    {
        ActivationFunction function = (ActivationFunction)_random.Next(7);
        if (!AllowBounded && function is ActivationFunction.Sigmoid or ActivationFunction.Tanh)
        {
            function = ActivationFunction.LeakyReLU;
        }

        _value = function == ActivationFunction.LeakyReLU ? _value.LeakyReLU(0.2f) : _value.Activation(function);
    }

    private void Pool()
    {
        Size2d kernel = Draw(1, 4), stride = Draw(1, CanShrink ? 3 : 1);
        var padding = new Size2d(_random.Next((kernel.Height / 2) + 1), _random.Next((kernel.Width / 2) + 1));
        NetworkValue pooled = AllowMaxPool && _random.Next(2) == 0 ? _value.MaxPool2d(kernel, stride, padding) : _value.AvgPool2d(kernel, stride, padding);
        Moved(pooled, (axis, size) => size.Slide(2 * padding.Along(axis), kernel.Along(axis), stride.Along(axis)));
    }

    private void Upsample()
    {
        int factor = _random.Next(1, CanGrow ? 4 : 2);
        Moved(_value.Upsample(factor, _random.Next(2) == 0 ? UpsampleMode.Nearest : UpsampleMode.Bilinear), (_, size) => size.Scale(factor));
    }

    private void Shuffle()
    {
        if (CanGrow)
        {
            int factor = _random.Next(2, 4);
            _value = _value.Conv2d(factor * factor, 1);
            Moved(_value.PixelShuffle(factor), (_, size) => size.Scale(factor));
        }
    }

    private void Unshuffle()
    {
        int factor = _random.Next(2, 4);
        if (!CanShrink || _height.Offset % factor != 0 || _width.Offset % factor != 0 || _value.Channels * factor * factor > 4 * MostChannels)
        {
            return;
        }

        Moved(_value.PixelUnshuffle(factor), (_, size) => size.Divide(factor));
        _value = _value.Conv2d(_random.Next(1, 4), 1);
    }

    private void Pad()
    {
        if (_random.Next(2) == 0)
        {
            var sides = new Sides2d(_random.Next(4), _random.Next(4), _random.Next(4), _random.Next(4));
            Moved(_value.Pad(sides), (axis, size) => size.Grow(sides.Before(axis) + sides.After(axis)));
            return;
        }

        // The convolution takes back what the padding adds, as it does in all networks that keep a picture's size.
        int half = _random.Next(3);
        _value = _value.Pad(half, _random.Next(2) == 0 ? PaddingMode.Reflect : PaddingMode.Replicate).Conv2d(_random.Next(1, 5), (2 * half) + 1);
    }

    private void Scale() => _value = _random.Next(5) switch
    {
        0 => _value.Affine(0.75f, 0.25f),
        1 => _value.Scale2d(0.5f),
        2 => _value.Scale2d(1.5f, bias: true),
        3 => _value.PReLU(),
        _ => _value.PReLU(_value.Channels, 0.125f),
    };

    private void ChangeChannels()
    {
        if (_value.Channels == 1 || _random.Next(2) == 0)
        {
            _value = _value.Linear(_random.Next(1, 5), bias: _random.Next(2) == 0);
            return;
        }

        int start = _random.Next(_value.Channels - 1);
        _value = _value.Slice(start, _random.Next(1, _value.Channels - start));
    }

    /// <summary>Their derivatives have both signs, so that changes could cancel.</summary>
    private void Normalize()
    {
        if (MixChannels)
        {
            return;
        }

        _value = _random.Next(3) switch
        {
            0 => _value.BatchNorm2d(),
            1 => _value.LayerNorm2d(eps: 1e-2f, affine: _random.Next(2) == 0),
            _ => _value.GroupNorm(_random.Next(2) == 0 ? _value.Channels : 1, eps: 1e-2f, affine: _random.Next(2) == 0),
        };
    }

    /// <summary>Values of one channel or of one pixel.</summary>
    private void CombineUnlike()
    {
        if (!MixChannels)
        {
            NetworkValue side = _value.Conv2d(_random.Next(2) == 0 ? 1 : _value.Channels, 1).Sigmoid();
            side = _random.Next(2) == 0 ? side : side.GlobalAvgPool();
            _value = _random.Next(3) switch
            {
                0 => side + _value,
                1 => _value * side,
                _ => _value.Divide(side, eps: 0.5f),
            };
        }
    }

    private void Branch()
    {
        int half = _random.Next(3);
        NetworkValue side = _value.Conv2d(_value.Channels, new Size2d((2 * half) + 1, 3), padding: new Size2d(half, 1)).ReLU();
        _value = _random.Next(3) switch
        {
            0 => _value + side,
            1 => side * _value,
            _ => _value.Concat([side]),
        };
        if (_value.Channels > MostChannels)
        {
            _value = _value.Conv2d(3, 1);
        }
    }

    private bool CanShrink => _height.Denominator <= 3 && _width.Denominator <= 3;

    private bool CanGrow => _height.Numerator <= 3 && _width.Numerator <= 3;

    private void Moved(NetworkValue value, Func<SpatialAxis, AffineSize, AffineSize> change)
    {
        _value = value;
        _height = change(SpatialAxis.Height, _height);
        _width = change(SpatialAxis.Width, _width);
    }

    private Size2d Draw(int minimum, int maximum) => new(_random.Next(minimum, maximum + 1), _random.Next(minimum, maximum + 1));

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
