using System.Collections.Immutable;
using System.Diagnostics;
using ImageRestoration.Data;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Trains a declared network. The run is a function of model, data, settings, machine and thread count: stopped at any step and
/// resumed from its checkpoint, it gives the same losses bit by bit.
/// </summary>
/// <remarks>
/// One run at a time. Holds native memory: dispose it, which ends a run in progress after its current step as a cancellation does, without
/// waiting for it.
/// </remarks>
public sealed class Trainer : IDisposable
{
    // Apart from the streams of the samples, which count from 0, and that of their order.
    private const long CriticStream = -3;

    private const int NoReason = -1;

    // Beside the parts of the loss in what is reported.
    private const string LossScaleTerm = "loss scale";

    private readonly Model _model;
    private readonly PatchSampler _sampler;
    private readonly TrainerOptions _options;
    private readonly TrainingObjective _objective;
    private readonly TrainingState _state;
    private readonly TorchNetwork _network;
    private readonly TorchNetwork? _critic;
    private readonly (TorchNetwork Encoder, TorchNetwork Decoder)? _halves;
    private readonly Dictionary<string, double> _terms = new(StringComparer.Ordinal);
    private readonly Device _device;
    private readonly BatchUpload _upload;
    private readonly int _threads;
    private readonly Lazy<ImmutableArray<KeyValuePair<string, string>>> _settings;
    private readonly UseCount _uses;
    private int _running;

    // A TrainingStopReason, or NoReason. Written by the thread that trains: others would read lists that grow meanwhile.
    private int _stopReason = NoReason;

    /// <summary>Prepares a run from step 0.</summary>
    /// <param name="model">
    /// Network and initial weights, such as those of <see cref="NetworkWeights.Initialize"/> or of a model to fine-tune.
    /// </param>
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
        options.Objective.ThrowIfDataDoesNotFit(model, sampler);
        if (sampler.Options is { Masks: not null } data && data.Fill != model.Info.Fill)
        {
            throw TrainerErrors.OtherFill(data, model.Info);
        }

        if (sampler.Options.NormalizesExposure != model.Info.NormalizesExposure)
        {
            throw TrainerErrors.OtherExposure(sampler.Options, model.Info);
        }

        if (options.Validation is not null)
        {
            // Validation restores: better refused here than after a thousand steps.
            RestorerInfo.For(model, nameof(Trainer), options.Device);
        }

        _model = model;
        _sampler = sampler;
        _options = options with { Steps = options.StepsFor(sampler) };
        _objective = options.Objective;
        _device = TorchRuntime.OpenDevice(options.Device, options.Threads, options.Precision);
        _threads = TorchRuntime.ThreadsFor(options.Threads);
        _upload = new BatchUpload(_device);
        TorchLowering.ThrowIfUnsupported(model.Network);
        _state = TorchRuntime.Guard("preparing training", CreateState);
        if (options.CheckpointPath is not null)
        {
            // Better than at the first checkpoint, hours later.
            _state.ThrowIfBeyondLimits();
        }

        _network = new TorchNetwork(model.Network, _state.Model.ParametersByName(), _device, options.Precision);
        _halves = CreateHalves();
        _critic = _objective.Critic is { } critic
            ? new TorchNetwork(critic, _state.Critic!.ParametersByName(), _device, options.Precision)
            : null;
        _settings = new(Describe);
        _uses = new UseCount(Free);
        NoteStop();
    }

    /// <summary>Steps done, earlier sessions included.</summary>
    public long Step => _state.Step;

    /// <summary>Steps of the whole run, counted from <see cref="TrainerOptions.Epochs"/> where those are given.</summary>
    public long Steps => _options.Steps;

    /// <summary>Why the run has ended; <see langword="null"/> while it has not.</summary>
    /// <remarks>May be asked from any thread.</remarks>
    public TrainingStopReason? StopReason
        => Volatile.Read(ref _stopReason) is var reason && reason == NoReason ? null : (TrainingStopReason)reason;

    /// <summary>Continues from a checkpoint of the same run.</summary>
    /// <param name="checkpointPath">File that training wrote as <see cref="TrainerOptions.CheckpointPath"/>.</param>
    /// <exception cref="ModelFormatException">The file is damaged or no checkpoint.</exception>
    /// <exception cref="TrainingException">The checkpoint belongs to a run with other settings.</exception>
    public void Resume(string checkpointPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        RunExclusively(() => TorchRuntime.Guard("loading a checkpoint", () =>
        {
            _state.Load(checkpointPath, _settings.Value);
            NoteStop();
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
            _state.Save(checkpointPath, _settings.Value);
            return true;
        });
    }

    /// <summary>The model with the averaged weights of the steps so far.</summary>
    /// <returns>A model that can be saved, exported and run by every backend.</returns>
    public Model GetModel() => RunExclusively(() => _model.WithWeights(_state.Model.ReadAverages()));

    /// <summary>Trains up to the last step on a thread of its own.</summary>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellationToken">Stops after the current step; the checkpoint is written first.</param>
    /// <returns>The model with the averaged weights.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled or the trainer disposed; resume from the checkpoint.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed before.</exception>
    /// <exception cref="TrainingException">
    /// The loss is not a number any more, data cannot be read, or a checkpoint cannot be written.
    /// </exception>
    /// <exception cref="DeviceMemoryException">The device has not enough memory; the message says which batch would fit.</exception>
    /// <exception cref="BackendException">libtorch failed.</exception>
    public Task<Model> TrainAsync(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_uses.IsDisposed, this);
        return Task.Factory.StartNew(
            () => RunExclusively(() => Train(progress, cancellationToken)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>
    /// Frees the weights and the optimiser's state. A run in progress ends after its current step, with a checkpoint and an
    /// <see cref="OperationCanceledException"/>, and frees them then.
    /// </summary>
    public void Dispose() => _uses.Dispose();

    /// <summary>Goes on from another step as if those before were done, for measurements.</summary>
    internal void SkipTo(long step) => _state.Step = step;

    private TrainingState CreateState()
    {
        var model = new NetworkState(_model.Network, _model.Weights, _device, _options.Optimizer, keepsAverages: true);
        if (_objective.Critic is not { } network)
        {
            return new TrainingState(model, critic: null, _options.ConvergenceWindow, _options.CreateLossScaler());
        }

        TorchLowering.ThrowIfUnsupported(network);
        NetworkWeights weights = NetworkWeights.Initialize(network, SeededRandom.ForSample(_sampler.Options.Seed, CriticStream, 0));
        return new TrainingState(
            model,
            new NetworkState(network, weights, _device, _objective.CriticOptimizer.Optimizer, keepsAverages: false),
            _options.ConvergenceWindow,
            _options.CreateLossScaler());
    }

    /// <summary>Encoder and decoder over the parameters of the whole, where the model is made of two.</summary>
    private (TorchNetwork Encoder, TorchNetwork Decoder)? CreateHalves()
    {
        if (_model.Encoder is not { } encoder || _model.Decoder is not { } decoder)
        {
            return null;
        }

        Dictionary<string, Tensor> parameters = _state.Model.ParametersByName();
        return (Half("encoder.", encoder), Half("decoder.", decoder));

        TorchNetwork Half(string prefix, Network network)
            => new(
                network,
                network.Parameters.ToDictionary(p => p.Name, p => parameters[prefix + p.Name], StringComparer.Ordinal),
                _device,
                _options.Precision);
    }

    private T RunExclusively<T>(Func<T> work)
    {
        _uses.Enter(this);
        try
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
        finally
        {
            _uses.Leave();
        }
    }

    private void Free()
    {
        _network.Dispose();
        _critic?.Dispose();
        _halves?.Encoder.Dispose();
        _halves?.Decoder.Dispose();
        _upload.Dispose();
        _state.Dispose();
    }

    private TrainingStopReason? NoteStop()
    {
        TrainingStopReason? reason = StopRules.Find(_options, _state);
        Volatile.Write(ref _stopReason, reason is { } found ? (int)found : NoReason);
        return reason;
    }

    private Model Train(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TorchRuntime.UseThreads(_threads);
        long first = _state.Step * _options.GradientAccumulation;
        using var prefetcher = new BatchPrefetcher(_sampler, first, _options.Steps * _options.GradientAccumulation);
        var reporter = new TrainingReporter(progress, _model, _sampler, _options, _state);
        while (NoteStop() is null)
        {
            if (cancellationToken.IsCancellationRequested || _uses.IsDisposed)
            {
                SaveIfAsked();
                cancellationToken.ThrowIfCancellationRequested();
                throw TrainerErrors.Disposed();
            }

            double learningRate = LearningRateSchedule.At(_state.Step, _options, _state.Validations);
            double loss = 0;
            _state.Model.ClearGradients();
            _state.Critic?.ClearGradients();
            _terms.Clear();
            TrainingBatch? batch = null;
            double norm;
            try
            {
                for (int i = 0; i < _options.GradientAccumulation; i++)
                {
                    batch?.Dispose();
                    long waitStart = Stopwatch.GetTimestamp();
                    batch = prefetcher.Take(CancellationToken.None);
                    reporter.Add(batch, Stopwatch.GetElapsedTime(waitStart));
                    TrainingBatch current = batch;
                    loss += TorchRuntime.Guard("a training step", () => AddGradients(current)) / _options.GradientAccumulation;
                }

                norm = TorchRuntime.Guard("a training step", () => Update(batch!, learningRate));
            }
            catch (DeviceMemoryException e)
            {
                throw new DeviceMemoryException(
                    MemoryAdvice.Create(_model.Network, _sampler.Options, _options, batch!.Input.Width, e), e.InnerException);
            }
            finally
            {
                batch?.Dispose();
            }

            _state.RecentLosses.Add(loss);
            bool ends = NoteStop() is not null;
            bool validates = _options.Validation is not null && (_state.Step % _options.ValidationInterval == 0 || ends);
            if (validates)
            {
                AddValidation(Validate(_options.Validation!));
                NoteStop();
            }

            if (_state.Step % _options.CheckpointInterval == 0)
            {
                SaveIfAsked();
            }

            reporter.Report(loss, learningRate, norm, validates, _terms);
        }

        SaveIfAsked();
        return _model.WithWeights(_state.Model.ReadAverages());
    }

    /// <summary>Runs one batch forward and backward.</summary>
    /// <returns>Its loss.</returns>
    private double AddGradients(TrainingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            return _objective.AddGradients(
                new TrainingStep(
                    batch, _network, _critic, _state, _options, _device, _upload, _sampler.Options.Seed, _terms) { Halves = _halves });
        }
        catch (NotFiniteNumberException)
        {
            throw NotFinite("loss", batch);
        }
    }

    /// <summary>Changes the weights along the gradients.</summary>
    /// <returns>Norm of the model's gradients before clipping.</returns>
    private double Update(TrainingBatch batch, double learningRate)
    {
        double norm = Clip(_state.Model);
        double criticNorm = _state.Critic is { } judge ? Clip(judge) : 0;
        bool finite = double.IsFinite(norm) && double.IsFinite(criticNorm);
        if (_state.Scaler is { } scaler)
        {
            _terms[LossScaleTerm] = scaler.Scale;
            if (!scaler.Note(finite))
            {
                throw NotFinite("gradient", batch);
            }

            if (!finite)
            {
                // A step that changes nothing: the gradients overflowed with this factor, and the next step has a smaller one.
                _state.Step++;
                return 0;
            }
        }
        else if (!finite)
        {
            throw NotFinite("gradient", batch);
        }

        _state.Critic?.Update(learningRate * _objective.CriticOptimizer.LearningRateFactor);
        _state.Step++;
        _state.Model.Update(learningRate);
        _state.Model.UpdateAverages(_state.Step, _options.EmaDecay);
        return norm;
    }

    /// <summary>Scales gradients down where they are too large.</summary>
    /// <returns>Their norm before.</returns>
    private double Clip(NetworkState state)
    {
        if (_state.Scaler is { Scale: not 1 } scaler)
        {
            state.DivideGradients(scaler.Scale);
        }

        return nn.utils.clip_grad_norm_(state.Learned, _options.GradientClipNorm ?? double.PositiveInfinity);
    }

    private void AddValidation(double psnr)
    {
        bool isBest = _state.Validations.All(v => psnr > v.Psnr);
        _state.Validations.Add(new ValidationScore(_state.Step, psnr));
        if (isBest && _options.BestModelPath is { } path)
        {
            Write(path, "best model", () => _model.WithWeights(_state.Model.ReadAverages()).Save(path, WeightPrecision.Float32));
        }
    }

    private TrainingException NotFinite(string what, TrainingBatch batch) => TrainerErrors.NotFinite(what, batch, LastCheckpoint());

    private string? LastCheckpoint() => File.Exists(_options.CheckpointPath) ? _options.CheckpointPath : null;

    private double Validate(ValidationSet set)
    {
        using var network = new TorchNetwork(
            _model.Network, _state.Model.AveragesByName(), _device, ComputePrecision.Float32) { Threads = _threads };
        using var restorer = new TorchRestorer(network, _model.Info);
        return set.Score(restorer, _state.Step, _options.OnValidated);
    }

    private void SaveIfAsked()
    {
        if (_options.CheckpointPath is not { } path)
        {
            return;
        }

        Write(path, "checkpoint", () => _state.Save(path, _settings.Value));
    }

    private void Write(string path, string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TrainerErrors.Unwritable(what, _state.Step, path, LastCheckpoint(), e);
        }
    }

    /// <summary>
    /// Everything that the run depends on, but for the weights that it starts with: a checkpoint holds what became of them.
    /// </summary>
    private ImmutableArray<KeyValuePair<string, string>> Describe()
    {
        var settings = new SettingList();
        settings.Add("Network", _model.Network.Describe());
        ((IDescribed)_options).Describe(settings);
        return [.. settings.Entries, .. _sampler.Settings];
    }
}
