using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>
/// What happens to every request on its way through a restorer, once: checks, a thread other than the caller's, what the network is to see,
/// and what becomes of its result (shape, range, strength, known pixels).
/// </summary>
internal static class RestorationPipeline
{
    // Between two looks at the token: about a millisecond of work.
    private const int ValuesBetweenChecks = 1 << 20;

    /// <summary>Runs a restorer's own work between checks and finish.</summary>
    /// <param name="info">What the restorer is.</param>
    /// <param name="request">The request as the caller gave it.</param>
    /// <param name="options">Its settings, or <see langword="null"/>.</param>
    /// <param name="compute">Makes pictures of the request's shape; its settings are those for restorers further inside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="reportsParts">Whether <paramref name="compute"/> itself reports the parts that it is done with.</param>
    internal static async Task<RestorationResult> RunAsync(
        RestorerInfo info, RestorationRequest request, RestorationOptions? options,
        Func<RestorationRequest, RestorationOptions, CancellationToken, Task<RestorationResult>> compute,
        CancellationToken cancellationToken, bool reportsParts = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        RestorationOptions settings = options ?? RestorationOptions.Default;

        // Tiles come from a pipeline that already left the caller's thread.
        return request.IsPrepared
            ? await CheckAndComputeAsync().ConfigureAwait(false)
            : await Task.Run(CheckAndComputeAsync, cancellationToken).ConfigureAwait(false);

        async Task<RestorationResult> CheckAndComputeAsync()
        {
            RequestChecks.ThrowIfUnfit(request, info, cancellationToken);
            RestorationResult result = Checked(
                info, await compute(request, settings.ForInside(), cancellationToken).ConfigureAwait(false), request.Image.Shape);
            try
            {
                Finish(request, result.Image, settings, cancellationToken);
                if (!reportsParts)
                {
                    settings.Progress?.Report(new RestorationProgress(1, 1));
                }

                return result;
            }
            catch
            {
                result.Dispose();
                throw;
            }
        }
    }

    /// <summary>Whether parts of a picture can be prepared one by one.</summary>
    internal static bool IsLocal(RestorerInfo info) => !info.NormalizesExposure && (!info.TakesMask || info.Fill == InitialFill.Zero);

    /// <summary>What a network is to see instead of a picture, where that follows from the whole of it or hides what is in holes.</summary>
    /// <returns>A copy, which the caller disposes; <see langword="null"/> where the picture is to be seen as it is.</returns>
    internal static ImageTensor? Prepare(
        RestorationRequest request, RestorerInfo info, RestorationOptions options, CancellationToken cancellationToken)
    {
        if (request.IsPrepared || !(info.TakesMask || info.NormalizesExposure))
        {
            return null;
        }

        ImageTensor prepared = ImageTensor.CreateUninitialized(request.Image.Shape);
        try
        {
            ReadOnlySpan<float> given = request.Image.Span;
            Span<float> copy = prepared.Span;
            for (int start = 0; start < given.Length; start += ValuesBetweenChecks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                given.Slice(start, Math.Min(ValuesBetweenChecks, given.Length - start)).CopyTo(copy[start..]);
            }

            if (info.TakesMask)
            {
                MissingPixels.FillForRestorer(prepared, request.Mask!, info.Fill, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (info.NormalizesExposure)
            {
                AutoExposure.ApplyWith(prepared, options.TargetExposure, cancellationToken);
            }

            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>Disposes a result of another shape than asked for, and throws.</summary>
    internal static RestorationResult Checked(RestorerInfo info, RestorationResult result, ImageShape expected)
    {
        ImageShape made = result.Image.Shape;
        if (made == expected)
        {
            return result;
        }

        result.Dispose();
        throw RestorationErrors.WrongShape(info, made, expected);
    }

    /// <summary>Limits a result, blends it with the input and puts known pixels back bit by bit.</summary>
    private static void Finish(
        RestorationRequest request, ImageTensor result, RestorationOptions options, CancellationToken cancellationToken)
    {
        Span<float> values = result.Span;
        ReadOnlySpan<float> input = request.Image.Span;
        for (int start = 0; start < values.Length; start += ValuesBetweenChecks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<float> block = values.Slice(start, Math.Min(ValuesBetweenChecks, values.Length - start));
            if (options.Strength < 1)
            {
                TensorPrimitives.Lerp(input.Slice(start, block.Length), block, options.Strength, block);
            }

            if (options.Clamp)
            {
                TensorPrimitives.Clamp(block, 0f, 1f, block);
            }
        }

        if (request.Mask is { } mask)
        {
            KnownPixels.Restore(request.Image, mask, result, cancellationToken);
        }
    }
}
