using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.OnnxRuntime;

/// <summary>
/// Restores pictures with ONNX Runtime: a model of this library, an .onnx file exported by it, or an .onnx file of the user's own.
/// </summary>
/// <remarks>
/// Thread-safe and re-entrant: calls share one session. A call computes on threads of the pool and of the session, never on the caller's.
/// Pictures and results are read and written where they lie, without copies. Dispose it; runs in progress end first.
/// </remarks>
public sealed class OnnxRestorer : PaddedRestorer
{
    private readonly OnnxSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputName;
    private readonly bool _onePictureAtATime;

    /// <summary>Builds a session from a model, in memory.</summary>
    /// <param name="model">A model whose network turns pictures into pictures of the same size and channels.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="UnsupportedLayerException">The network has a layer that this backend does not know.</exception>
    /// <exception cref="TensorShapeException">
    /// The network does not keep size or channels, or takes other inputs than a picture and a mask.
    /// </exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public OnnxRestorer(Model model, OnnxOptions? options = null)
        : this(RestorerNetwork.Open(model, OnnxOptions.Validated(options)))
    {
    }

    private OnnxRestorer(RestorerNetwork network)
        : base(network.Info)
    {
        _session = network.Session;
        _inputNames = network.InputNames;
        _outputName = [network.OutputName];
        _onePictureAtATime = network.OnePictureAtATime;
    }

    /// <summary>Loads an .onnx file that <see cref="OnnxExporter"/> wrote for a model; what it is for is read from the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The restorer; the caller disposes it.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, or does not say what it is for.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public static OnnxRestorer Load(string path, OnnxOptions? options = null)
        => new(RestorerNetwork.Open(path, OnnxOptions.Validated(options)));

    /// <summary>Loads an .onnx file of any origin.</summary>
    /// <param name="path">
    /// The file. Its first input takes pictures (float32, NCHW, RGB or grey, in [0, 1]) of any height and width; a second input of one
    /// channel, where there is one, takes the mask (1 = missing). Its first output has the picture's shape.
    /// </param>
    /// <param name="task">What the network does.</param>
    /// <param name="sizeMultiple">
    /// What height and width must be multiples of; pictures are padded to it. 1 where <see langword="null"/>.
    /// </param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>The restorer; the caller disposes it.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, or its inputs and outputs are others.</exception>
    /// <exception cref="BackendUnavailableException">ONNX Runtime's native library is missing.</exception>
    public static OnnxRestorer Load(string path, RestorationTask task, Size2d? sizeMultiple = null, OnnxOptions? options = null)
        => new(RestorerNetwork.Open(path, task, sizeMultiple ?? 1, OnnxOptions.Validated(options)));

    /// <inheritdoc/>
    protected override async Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        // ONNX Runtime ends between two operations of the graph, each of which may take long with a large picture. It is not waited for if
        // it reads an array, which stays where it is while it is pinned; memory of other owners might be gone by then.
        if (!cancellationToken.CanBeCanceled || !MemoryMarshal.TryGetArray<float>(image.Memory, out _))
        {
            return Run(image, mask, cancellationToken);
        }

        Task<ImageTensor> run = Task.Run(() => Run(image, mask, cancellationToken), CancellationToken.None);
        try
        {
            return await run.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            _ = ForgetAsync(run);

            // What comes next is not for the thread that cancelled.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _session.Dispose();

    private static async Task ForgetAsync(Task<ImageTensor> run)
    {
        await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.IsCompletedSuccessfully)
        {
            (await run.ConfigureAwait(false)).Dispose();
        }
    }

    private ImageTensor Run(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        ImageTensor output = ImageTensor.CreateUninitialized(image.Shape);
        try
        {
            using ImageTensor? holes = mask?.ToTensor(image.Batch);
            if (_onePictureAtATime)
            {
                for (int n = 0; n < image.Batch; n++)
                {
                    using ImageTensor input = image.Image(n), result = output.Image(n);
                    using ImageTensor? hole = holes?.Image(n);
                    Run(input, hole, result, cancellationToken);
                }
            }
            else
            {
                Run(image, holes, output, cancellationToken);
            }

            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private void Run(ImageTensor image, ImageTensor? holes, ImageTensor output, CancellationToken cancellationToken)
    {
        using PinnedTensors inputs = holes is null ? new(image) : new(image, holes);
        using PinnedTensors outputs = new(output);
        _session.Run(_inputNames, inputs.Values, _outputName, outputs.Values, cancellationToken);
    }
}
