using System.Numerics.Tensors;
using ImageRestoration.Degradation.Sensor;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>Takes RGB pictures back to what a camera's sensor saw, adds its noise, and develops them again.</summary>
/// <remarks>
/// <para>Noise of photographs is not that of the textbooks: it is strong where white balance and tone curve amplify it, reaches over
/// neighbours because two of three colours of each pixel are made up, and has gone through JPEG (Foi et al., 2008; Guo et al., "Toward
/// Convolutional Blind Denoising of Real Photographs", CVPR 2019; Brooks et al., "Unprocessing Images for Learned Raw Denoising", CVPR
/// 2019). In this order, for values x:</para>
/// <list type="number">
/// <item>where the picture is reduced, a sensor with up to <see cref="SensorPipelineOptions.MaximumReduction"/> times the rows and columns
/// sees it (bicubic);</item>
/// <item>light x^gamma, with x limited to [0, 1], times 2^exposure;</item>
/// <item>from the primaries of sRGB to the camera's filters, which overlap, and divided by the gains of white balance;</item>
/// <item>one of three colours for each pixel (Bayer, 1976; all four positions of the pattern), limited to 1;</item>
/// <item><see cref="SensorPipelineOptions.Noise"/>, limited to 1 again: where the sensor is full, there is no noise;</item>
/// <item>the other two colours, bilinear or with correction by gradients;</item>
/// <item>back: gains, colours, limited to [0, 1], to the power of 1/gamma;</item>
/// <item>where drawn, smoothed by a Gaussian kernel; reduced, by averaging over the larger pixels;</item>
/// <item>rounded to n/255, and <see cref="SensorPipelineOptions.Compression"/>.</item>
/// </list>
/// <para>The target of a training pair is what the same camera makes of the same light without noise, rounding and compression: a network
/// is not asked to undo exposure, demosaicing or smoothing. Pictures have 3 channels, or 1: of a sensor without colour filters. Each
/// picture of a batch draws its parameters first, then what the noise and the compression need.</para>
/// </remarks>
public sealed class SensorPipeline : PerImagePairDegradation, IDescribed
{
    private const double LogOfTwo = 0.69314718055994530942;

    private readonly SensorPipelineOptions _options;

    /// <summary>Creates the degradation.</summary>
    /// <param name="options">Camera, noise and compression; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public SensorPipeline(SensorPipelineOptions? options = null)
    {
        _options = options ?? new SensorPipelineOptions();
        _options.Validate(nameof(options));
    }

    /// <summary>Camera, noise and compression.</summary>
    public SensorPipelineOptions Options => _options;

    /// <inheritdoc/>
    public override bool ChangesTarget => true;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfNoPhotograph(picture);
        var camera = new Camera(_options, random);
        using ImageTensor mosaic = camera.Expose(picture);
        Finish(camera, mosaic, picture, random);
    }

    /// <inheritdoc/>
    protected override void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfNoPhotograph(target);
        var camera = new Camera(_options, random);
        using ImageTensor mosaic = camera.Expose(target);
        camera.Develop(mosaic, target, random);
        Finish(camera, mosaic, degraded, random);
    }

    private static void ThrowIfNoPhotograph(ImageTensor picture)
    {
        if (picture.Channels is not (1 or 3))
        {
            throw DegradationErrors.Channels(picture, "a sensor sees 3 (RGB) or 1 (grey)", "Give RGB or grey pictures");
        }
    }

    private void Finish(Camera camera, ImageTensor mosaic, ImageTensor result, Random random)
    {
        _options.Noise?.Apply(mosaic, random);
        Camera.Saturate(mosaic);
        camera.Develop(mosaic, result, random);
        if (_options.RoundTo8Bit)
        {
            Quantization.RoundTo8Bit(result);
        }

        _options.Compression?.Apply(result, random);
    }

    /// <summary>The camera that one picture is taken with.</summary>
    private readonly struct Camera
    {
        private readonly PowerCurve _curve;
        private readonly CameraColor _color;
        private readonly float _gain;
        private readonly BayerPattern _pattern;
        private readonly bool _gradientCorrected;
        private readonly GaussianBlur? _blur;
        private readonly double _reduction;

        public Camera(SensorPipelineOptions options, Random random)
        {
            double gamma = Between(options.MinimumGamma, options.MaximumGamma, random);
            double exposure = Between(options.MinimumExposure, options.MaximumExposure, random);
            double red = Between(options.MinimumGain, options.MaximumGain, random),
                blue = Between(options.MinimumGain, options.MaximumGain, random);
            double overlap = options.MaximumOverlap * random.NextDouble();
            _curve = new PowerCurve(gamma);
            double gain = PortableMath.Exp(exposure * LogOfTwo);
            _gain = (float)gain;
            _color = new CameraColor(overlap, gain, red, blue);
            _pattern = new BayerPattern(random.Next(4));
            _gradientCorrected = random.NextDouble() < options.GradientCorrectedShare;
            bool blurred = random.NextDouble() < options.BlurShare;
            double blur = options.MaximumBlur * random.NextDouble();
            _blur = blurred && blur > 0 ? new GaussianBlur(blur) : null;
            bool reduced = random.NextDouble() < options.ReducedShare;
            double reduction = 1 + ((options.MaximumReduction - 1) * random.NextDouble());
            _reduction = reduced ? reduction : 1;
        }

        /// <summary>What the sensor sees without noise, 1×1×H×W; the caller disposes it.</summary>
        public ImageTensor Expose(ImageTensor picture)
        {
            using ImageTensor scene = _reduction > 1
                ? Resampling.Resize(picture, (int)Math.Ceiling(picture.Height * _reduction), (int)Math.Ceiling(picture.Width * _reduction))
                : picture.Clone();
            _curve.ToLight(scene.Span);
            ImageTensor mosaic = ImageTensor.CreateUninitialized(scene.Shape with { Channels = 1 });
            if (scene.Channels == 1)
            {
                TensorPrimitives.Multiply(scene.Span, _gain, mosaic.Span);
                Saturate(mosaic);
                return mosaic;
            }

            for (int y = 0; y < mosaic.Height; y++)
            {
                ReadOnlySpan<float> red = scene.Row(0, 0, y), green = scene.Row(0, 1, y), blue = scene.Row(0, 2, y);
                ReadOnlySpan<float> even = _color.ToCamera(_pattern.ColorAt(y, 0)), odd = _color.ToCamera(_pattern.ColorAt(y, 1));
                Span<float> row = mosaic.Row(0, 0, y);
                for (int x = 0; x < row.Length; x++)
                {
                    ReadOnlySpan<float> weights = (x & 1) == 0 ? even : odd;
                    row[x] = (weights[0] * red[x]) + (weights[1] * green[x]) + (weights[2] * blue[x]);
                }
            }

            Saturate(mosaic);
            return mosaic;
        }

        /// <summary>Limits what pixels can hold; below black, noise goes on.</summary>
        public static void Saturate(ImageTensor mosaic) => mosaic.Clamp(float.NegativeInfinity, 1f);

        /// <summary>From the mosaic to a picture of its own or a smaller size.</summary>
        public void Develop(ImageTensor mosaic, ImageTensor result, Random random)
        {
            if (mosaic.Height == result.Height && mosaic.Width == result.Width)
            {
                DevelopAtSize(mosaic, result, random);
                return;
            }

            using ImageTensor large = ImageTensor.CreateUninitialized(mosaic.Shape with { Channels = result.Channels });
            DevelopAtSize(mosaic, large, random);
            Resampling.Resize(large, result, ResamplingKernel.Area);
        }

        private static double Between(double minimum, double maximum, Random random)
            => minimum + ((maximum - minimum) * random.NextDouble());

        private void DevelopAtSize(ImageTensor mosaic, ImageTensor result, Random random)
        {
            if (result.Channels == 1)
            {
                mosaic.Span.CopyTo(result.Span);
            }
            else
            {
                _pattern.Demosaic(mosaic, result, _gradientCorrected);
                _color.ToPicture(result.Plane(0, 0), result.Plane(0, 1), result.Plane(0, 2));
            }

            _curve.ToValues(result.Span);
            _blur?.Apply(result, random); // Of one strength, it draws nothing.
        }
    }
}
