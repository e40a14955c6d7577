using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>The maps that SSIM and MS-SSIM are made of, for values in [0, 1].</summary>
internal static class SsimTerms
{
    internal const int WindowSize = 11;
    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    /// <summary>Contrast–structure and luminance at each place where the window fits.</summary>
    internal static (Tensor Structure, Tensor Luminance) Compute(Tensor prediction, Tensor target)
    {
        if (prediction.shape[2] < WindowSize || prediction.shape[3] < WindowSize)
        {
            throw LossErrors.WindowTooLarge(WindowSize, prediction.shape[2], prediction.shape[3]);
        }

        long channels = prediction.shape[1];
        Tensor row = Window(channels, prediction), column = row.transpose(2, 3);
        Tensor meanX = Blur(prediction), meanY = Blur(target);
        Tensor xx = meanX.square(), yy = meanY.square(), xy = meanX * meanY;
        Tensor varianceX = Blur(prediction.square()) - xx, varianceY = Blur(target.square()) - yy,
            covariance = Blur(prediction * target) - xy;
        return ((covariance * Keep(2)).Plus(C2) / varianceX.Plus(varianceY).Plus(C2), (xy * Keep(2)).Plus(C1) / xx.Plus(yy).Plus(C1));

        Tensor Blur(Tensor image) => F.conv2d(F.conv2d(image, row, groups: channels), column, groups: channels);
    }

    private static Tensor Window(long channels, Tensor like)
    {
        var weights = new float[WindowSize];
        for (int i = 0; i < WindowSize; i++)
        {
            int distance = i - (WindowSize / 2);
            weights[i] = (float)Math.Exp(-(distance * distance) / (2 * Sigma * Sigma));
        }

        float sum = weights.Sum();
        return TorchTensors.ToTorch([.. weights.Select(w => w / sum)], [1, 1, 1, WindowSize], like.device)
            .to(like.dtype)
            .expand(channels, 1, 1, WindowSize)
            .contiguous();
    }
}
