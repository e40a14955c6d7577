using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Trains a declared network with AdamW. The run is a function of model, data, settings, machine and thread count: stopped at any step and
/// resumed from its checkpoint, it gives the same losses bit by bit.
/// </summary>
/// <remarks>One run at a time. Holds native memory: dispose it.</remarks>
public sealed class Trainer : IDisposable
{
    private readonly Model _model;
    private readonly PatchSampler _sampler;
    private readonly TrainerOptions _options;
    private readonly TrainingState _state;
    private readonly TorchNetwork _network;
    private readonly Device _device;
    private readonly string _fingerprint;
    private int _running;

    /// <summary>Prepares a run from step 0.</summary>
    /// <param name="model">Network and initial weights, such as those of <see cref="NetworkWeights.Initialize"/> or of a model to fine-tune.</param>
    /// <param name="sampler">Makes the batches.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <exception cref="BackendUnavailableException">libtorch or the device is missing.</exception>
    /// <exception cref="UnsupportedLayerException">The backend has no implementation of a layer.</exception>
    /// <exception cref="TrainingException">The data does not fit the network.</exception>
    public Trainer(Model model, PatchSampler sampler, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sampler);
        options ??= new TrainerOptions();
        options.ThrowIfInvalid(nameof(options));
        ThrowIfDataDoesNotFit(model.Network, sampler);
        _model = model;
        _sampler = sampler;
        _options = options;
        _device = TorchRuntime.OpenDevice(options.Device, options.Threads);
        TorchLowering.ThrowIfUnsupported(model.Network);
        _state = TorchRuntime.Guard("preparing training", () => new TrainingState(model.Network, model.Weights, _device, options));
        _network = new TorchNetwork(model.Network, _state.ParametersByName(), _device, options.Precision);
        _fingerprint = Fingerprint();
    }

    /// <summary>Steps done, earlier sessions included.</summary>
    public long Step => _state.Step;

    /// <summary>Continues from a checkpoint of the same run.</summary>
    /// <param name="checkpointPath">File that training wrote as <see cref="TrainerOptions.CheckpointPath"/>.</param>
    /// <exception cref="ModelFormatException">The file is damaged or no checkpoint.</exception>
    /// <exception cref="TrainingException">The checkpoint belongs to a run with other settings.</exception>
    public void Resume(string checkpointPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        RunExclusively(() => TorchRuntime.Guard("loading a checkpoint", () =>
        {
            _state.Load(checkpointPath, _fingerprint);
            return true;
        }));
    }

    /// <summary>Writes a checkpoint. The file appears complete or not at all.</summary>
    /// <param name="checkpointPath">Path; an existing file is replaced.</param>
    public void SaveCheckpoint(string checkpointPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        RunExclusively(() =>
        {
            _state.Save(checkpointPath, _fingerprint);
            return true;
        });
    }

    /// <summary>The model with the averaged weights of the steps so far.</summary>
    /// <returns>A model that can be saved, exported and run by every backend.</returns>
    public Model GetModel() => RunExclusively(() => _model.WithWeights(_state.ReadAverages()));

    /// <summary>Trains up to the last step on a thread of its own.</summary>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops after the current step; the checkpoint is written first.</param>
    /// <returns>The model with the averaged weights.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled; resume it from the checkpoint.</exception>
    /// <exception cref="TrainingException">The loss is not a number any more, data cannot be read, or a checkpoint cannot be written.</exception>
    /// <exception cref="BackendException">libtorch failed, for example for want of memory.</exception>
    public Task<Model> TrainAsync(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
        => Task.Factory.StartNew(
            () => RunExclusively(() => Train(progress, cancellationToken)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <summary>Frees the weights and the optimiser's state.</summary>
    public void Dispose()
    {
        _network.Dispose();
        _state.Dispose();
    }

    private static void ThrowIfDataDoesNotFit(Network network, PatchSampler sampler)
    {
        if (network.Inputs.Length != 1 || network.Outputs.Length != 1)
        {
            throw new TrainingException($"Network '{network.Name}' has {network.Inputs.Length} inputs and {network.Outputs.Length} outputs; this trainer takes networks from one picture to one picture.");
        }

        if (sampler.Channels != network.Inputs[0].Channels)
        {
            throw new TrainingException($"The pictures have {sampler.Channels} channel(s) and network '{network.Name}' takes {network.Inputs[0].Channels}. Read the pictures as RGB or grey to match.");
        }

        foreach (PatchSize patch in sampler.Options.PatchSizes)
        {
            if (patch.Size % network.SizeMultiple.Height != 0 || patch.Size % network.SizeMultiple.Width != 0)
            {
                throw new TrainingException($"Patches of {patch.Size}×{patch.Size} are no multiple of {network.SizeMultiple}, which network '{network.Name}' needs. Choose another patch size.");
            }

            var shape = new ImageShape(1, sampler.Channels, patch.Size, patch.Size);
            if (network.InferShape(shape) is var output && output != shape)
            {
                throw new TrainingException($"Network '{network.Name}' makes {output} of a patch of {shape}; a restoration keeps the shape. Check its paddings and upsampling.");
            }
        }
    }

    private T RunExclusively<T>(Func<T> work)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("Training is already running. Wait for it or cancel it first.");
        }

        try
        {
            return work();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private Model Train(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var prefetcher = new BatchPrefetcher(_sampler, _state.Step, _options.Steps);
        long start = Stopwatch.GetTimestamp();
        TimeSpan waited = TimeSpan.Zero;
        long patches = 0, firstStep = _state.Step;
        double? validation = null;
        while (_state.Step < _options.Steps)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                SaveIfAsked();
                cancellationToken.ThrowIfCancellationRequested();
            }

            long waitStart = Stopwatch.GetTimestamp();
            using TrainingBatch batch = prefetcher.Take(CancellationToken.None);
            waited += Stopwatch.GetElapsedTime(waitStart);

            double learningRate = LearningRateSchedule.At(_state.Step, _options);
            (double loss, double norm) = TorchRuntime.Guard("a training step", () => RunStep(batch, learningRate));
            patches += batch.Input.Batch;
            if (_state.Step % _options.CheckpointInterval == 0)
            {
                SaveIfAsked();
            }

            if (_options.Validation is { } set && (_state.Step % _options.ValidationInterval == 0 || _state.Step == _options.Steps))
            {
                validation = Validate(set, cancellationToken);
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            progress?.Report(new TrainingProgress(
                _state.Step,
                _options.Steps,
                loss,
                learningRate,
                norm,
                batch.Input.Width,
                patches / elapsed.TotalSeconds,
                waited / elapsed,
                validation,
                elapsed,
                elapsed * ((double)(_options.Steps - _state.Step) / (_state.Step - firstStep))));
        }

        SaveIfAsked();
        return _model.WithWeights(_state.ReadAverages());
    }

    private (double Loss, double Norm) RunStep(TrainingBatch batch, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TorchTensors.ToTorch(batch.Input, _device), target = TorchTensors.ToTorch(batch.Target, _device);
        _state.Optimizer.zero_grad();
        Tensor loss = TrainingLoss.Compute(_network.Forward(input)[0], target, _options);
        double value = loss.item<float>();
        if (!double.IsFinite(value))
        {
            throw NotFinite("loss", batch);
        }

        loss.backward();
        double norm = nn.utils.clip_grad_norm_(_state.Parameters, _options.GradientClipNorm ?? double.PositiveInfinity);
        if (!double.IsFinite(norm))
        {
            throw NotFinite("gradient", batch);
        }

        foreach (optim.ILearningRateController group in _state.Optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }

        _state.Optimizer.step();
        _state.Step++;
        _state.UpdateAverages(_options.EmaDecay);
        return (value, norm);
    }

    private TrainingException NotFinite(string what, TrainingBatch batch)
    {
        string remedy = _options.CheckpointPath is { } path && File.Exists(path) ? $"Resume from '{path}' with a lower learning rate" : "Train with a lower learning rate";
        return new TrainingException($"The {what} of step {batch.Step} is not finite. {remedy}, or look at these pictures: {string.Join(", ", batch.Sources.Distinct(StringComparer.Ordinal))}.");
    }

    private double Validate(ValidationSet set, CancellationToken cancellationToken)
    {
        using var network = new TorchNetwork(_model.Network, _state.AveragesByName(), _device, ComputePrecision.Float32);
        using var restorer = new TorchRestorer(network, _model.Info.Task);
        double sum = 0;
        foreach ((ImageTensor degraded, ImageTensor clean) in set.Pairs)
        {
            using RestorationResult result = restorer.RestoreAsync(new RestorationRequest(degraded), cancellationToken: cancellationToken).GetAwaiter().GetResult();
            sum += Psnr.Compute(clean, result.Image);
        }

        return sum / set.Pairs.Count;
    }

    private void SaveIfAsked()
    {
        if (_options.CheckpointPath is not { } path)
        {
            return;
        }

        try
        {
            _state.Save(path, _fingerprint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string last = File.Exists(path) ? $"The last checkpoint is untouched: resume from '{path}'" : "No checkpoint was written yet: start again";
            throw new TrainingException($"The checkpoint of step {_state.Step} cannot be written: {e.Message} {last} after making room or naming a folder that can be written to.", e);
        }
    }

    /// <summary>Everything that the sequence of losses depends on, one setting a line.</summary>
    private string Fingerprint()
    {
        PatchSamplerOptions data = _sampler.Options;
        return string.Join('\n', new FormattableString[]
        {
            $"network={_model.Network.Name} {_model.Network.ParameterCount} parameters in {_model.Network.Layers.Length} layers",
            $"pictures={_sampler.PictureCount}",
            $"batch={data.BatchSize}",
            $"patches={string.Join(' ', data.PatchSizes.Select(p => $"{p.FromStep}:{p.Size}"))}",
            $"flip={data.FlipAndRotate}",
            $"seed={data.Seed}",
            $"steps={_options.Steps}",
            $"loss={_options.Loss} {_options.CharbonnierEpsilon:R}",
            $"learning-rate={_options.LearningRate:R} to {_options.MinimumLearningRate:R} after {_options.WarmupSteps}",
            $"adamw={_options.Beta1:R} {_options.Beta2:R} {_options.WeightDecay:R}",
            $"clip={_options.GradientClipNorm:R}",
            $"ema={_options.EmaDecay:R}",
            $"precision={_options.Precision}",
        }.Select(line => line.ToString(CultureInfo.InvariantCulture)));
    }
}
