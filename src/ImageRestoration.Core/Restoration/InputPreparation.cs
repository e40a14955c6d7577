using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Restoration;

/// <summary>What a network is to see instead of a request's picture, where that follows from the whole picture or hides what stands in holes.</summary>
internal static class InputPreparation
{
    /// <summary>Whether parts of a picture can be prepared one by one.</summary>
    internal static bool IsLocal(RestorerInfo info) => !info.NormalizesExposure && (!info.TakesMask || info.Fill == MissingPixelFill.Zero);

    /// <summary>Prepares a copy of the request's picture.</summary>
    /// <returns>The copy, which the caller disposes; <see langword="null"/> where the picture is to be seen as it is.</returns>
    internal static ImageTensor? Prepare(RestorationRequest request, RestorerInfo info)
    {
        if (request.IsPrepared || !(info.TakesMask || info.NormalizesExposure))
        {
            return null;
        }

        ImageTensor prepared = info.TakesMask ? MissingPixels.Filled(request.Image, request.Mask!, info.Fill) : request.Image.Clone();
        if (info.NormalizesExposure)
        {
            AutoExposure.Apply(prepared);
        }

        return prepared;
    }
}
