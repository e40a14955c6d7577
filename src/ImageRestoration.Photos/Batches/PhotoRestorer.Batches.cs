namespace ImageRestoration.Photos;

/// <content>Many photographs at once.</content>
public sealed partial class PhotoRestorer
{
    /// <summary>Restores all photographs of a folder into another one, which gets the same folders.</summary>
    /// <param name="inputFolder">The folder.</param>
    /// <param name="outputFolder">Folder for the results; made if missing. Where it lies within the other, it is not searched.</param>
    /// <param name="options">Settings; <see cref="PhotoBatchOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="progress">Is told of each photograph, from any thread and one at a time.</param>
    /// <param name="cancellationToken">Stops the work; what is finished stays, and no file is left in part.</param>
    /// <returns>What became of each photograph, in the order of their paths.</returns>
    /// <exception cref="ImageFileException">
    /// There is no such folder or nothing in it, or a photograph failed and that is to end the work.
    /// </exception>
    public Task<IReadOnlyList<PhotoOutcome>> RestoreFolderAsync(
        string inputFolder,
        string outputFolder,
        PhotoBatchOptions? options = null,
        IProgress<PhotoProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputFolder);
        return Directory.Exists(inputFolder)
            ? RestoreAllAsync([inputFolder], outputFolder, options, progress, cancellationToken)
            : throw new ImageFileException($"There is no folder '{inputFolder}'. "
                + $"Check the path; a relative one starts at '{Environment.CurrentDirectory}'.");
    }

    /// <summary>
    /// Restores photographs and folders of them into one folder. A photograph that fails does not stop the others, unless that is asked
    /// for. Photographs of one name are numbered, and none is ever replaced by a result.
    /// </summary>
    /// <param name="inputs">Paths of photographs and of folders.</param>
    /// <param name="outputFolder">Folder for the results; made if missing.</param>
    /// <param name="options">Settings; <see cref="PhotoBatchOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="progress">Is told of each photograph, from any thread and one at a time.</param>
    /// <param name="cancellationToken">Stops the work; what is finished stays, and no file is left in part.</param>
    /// <returns>What became of each photograph, in the order of <paramref name="inputs"/>.</returns>
    /// <exception cref="ImageFileException">There is nothing to do, or a photograph failed and that is to end the work.</exception>
    public async Task<IReadOnlyList<PhotoOutcome>> RestoreAllAsync(
        IEnumerable<string> inputs,
        string outputFolder,
        PhotoBatchOptions? options = null,
        IProgress<PhotoProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        ObjectDisposedException.ThrowIf(_disposed, this);
        options ??= PhotoBatchOptions.Default;
        options.Validate(_files.WriteExtensions, nameof(options));
        IReadOnlyList<PlannedPhoto> plan = PhotoPlan.Create(inputs, outputFolder, options, _files.ReadExtensions);
        var outcomes = new PhotoOutcome[plan.Count];
        var gate = new Lock();
        int done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaximumParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plan.Count, parallel, async (i, token) =>
        {
            PhotoOutcome outcome = await RestoreAsync(plan[i], options, token).ConfigureAwait(false);
            outcomes[i] = outcome;
            lock (gate)
            {
                done++;
                progress?.Report(new PhotoProgress(done, plan.Count, outcome));
            }

            if (outcome.Error is { } error && options.StopOnFailure)
            {
                throw error;
            }
        }).ConfigureAwait(false);
        return outcomes;
    }

    private async Task<PhotoOutcome> RestoreAsync(PlannedPhoto photo, PhotoBatchOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (photo.IsSkipped || photo.Fault is not null)
        {
            return new PhotoOutcome(
                photo.Input, photo.Output, Result: null, photo.Fault is null ? null : new ImageFileException(photo.Fault));
        }

        try
        {
            PhotoMask? mask = options.Mask?.Invoke(photo.Input);
            PhotoResult result = await RunAsync(
                photo.Input, photo.Output, mask, options.Restoration, cancellationToken).ConfigureAwait(false);
            return new PhotoOutcome(photo.Input, photo.Output, result, Error: null);
        }
        catch (ImageRestorationException exception)
        {
            return new PhotoOutcome(photo.Input, photo.Output, Result: null, exception);
        }
    }
}
