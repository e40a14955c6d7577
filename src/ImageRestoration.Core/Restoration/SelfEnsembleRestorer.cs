using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>
/// Restores flipped and turned variants of a picture, turns the results back and takes their mean ("enhanced prediction" of Timofte et al.
/// 2016, "Seven ways to improve example-based single image super resolution", section 3.5). A little better than one run, at the cost of
/// all.
/// </summary>
/// <remarks>
/// With T₁ … Tₙ the variants, f the restorer inside and x the picture, the result is (T₁⁻¹ f(T₁x) + … + Tₙ⁻¹ f(Tₙx)) / n: a sum in float32,
/// in this order, divided by n. Results are limited to [0, 1], where asked for, after the mean, not before. Masks are flipped and turned
/// with the picture, and known pixels are the input's, bit by bit. Variants run one after the other, so that memory is that of one run and
/// two pictures.
/// </remarks>
public sealed class SelfEnsembleRestorer : DelegatingRestorer
{
    private static readonly RestorationOptions _unlimited = new() { Clamp = false };
    private readonly PictureSymmetry[] _variants;

    /// <summary>Puts an ensemble around a restorer.</summary>
    /// <param name="inner">The restorer inside.</param>
    /// <param name="variants">
    /// 2: as it is and mirrored left to right. 4: these, mirrored top to bottom, and turned by 180°. 8: these four, and the same of the
    /// transposed picture.
    /// </param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variants"/> is none of these numbers.</exception>
    public SelfEnsembleRestorer(IRestorer inner, int variants = 8, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        ThrowIfInvalid(variants, nameof(variants));
        _variants = [.. PictureSymmetry.All.Take(variants)];
        Info = inner.Info with { TileHalo = HaloOfAll(inner.Info, _variants) };
    }

    /// <inheritdoc/>
    public override RestorerInfo Info { get; }

    /// <inheritdoc/>
    public override Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return RestorationPipeline.RunAsync(Info, request, options, ComputeAsync, cancellationToken, reportsParts: true);
    }

    internal static void ThrowIfInvalid(int variants, string parameterName)
    {
        if (variants is not (2 or 4 or 8))
        {
            throw RestorationErrors.WrongVariants(variants, parameterName);
        }
    }

    private async Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageTensor sum = ImageTensor.Create(request.Image.Shape);
        try
        {
            TimeSpan time = TimeSpan.Zero;
            for (int i = 0; i < _variants.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                time += await AddAsync(_variants[i], request, sum, cancellationToken).ConfigureAwait(false);
                options.Progress?.Report(new RestorationProgress(i + 1, _variants.Length));
            }

            TensorPrimitives.Divide(sum.Span, _variants.Length, sum.Span);
            return new RestorationResult(sum, time);
        }
        catch
        {
            sum.Dispose();
            throw;
        }
    }

    private async Task<TimeSpan> AddAsync(
        PictureSymmetry variant, RestorationRequest request, ImageTensor sum, CancellationToken cancellationToken)
    {
        if (variant.IsIdentity)
        {
            using RestorationResult same = await Inner.RestoreAsync(request, _unlimited, cancellationToken).ConfigureAwait(false);
            RestorationPipeline.Checked(Info, same, sum.Shape);
            TensorPrimitives.Add(sum.Span, same.Image.Span, sum.Span);
            return same.ComputeTime;
        }

        Mask? mask = request.Mask is null ? null : variant.Apply(request.Mask);
        using ImageTensor turned = variant.Apply(request.Image);
        var part = new RestorationRequest(turned, mask) { IsPrepared = request.IsPrepared };
        using RestorationResult result = await Inner.RestoreAsync(part, _unlimited, cancellationToken).ConfigureAwait(false);
        RestorationPipeline.Checked(Info, result, turned.Shape);
        variant.AddInverse(result.Image, sum);
        return result.ComputeTime;
    }

    /// <summary>
    /// Flipped pictures start their multiples from the other side, which tiles cannot follow; without multiples the largest distances serve
    /// all variants.
    /// </summary>
    private static ReceptiveField? HaloOfAll(RestorerInfo info, PictureSymmetry[] variants)
    {
        if (info.TileHalo is not { IsGlobal: false } halo)
        {
            return info.TileHalo;
        }

        if (info.SizeMultiple != new Size2d(1, 1))
        {
            return null;
        }

        int rows = Math.Max(halo.Top, halo.Bottom), columns = Math.Max(halo.Left, halo.Right), both = Math.Max(rows, columns);
        return variants.Length switch
        {
            2 => halo with { Left = columns, Right = columns },
            4 => new ReceptiveField(rows, rows, columns, columns, IsGlobal: false),
            _ => new ReceptiveField(both, both, both, both, IsGlobal: false),
        };
    }
}
