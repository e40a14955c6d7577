using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Networks;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void Summary_SmallNetwork_EqualsWhatIsComputedByHand()
    {
        NetworkSummary summary = Small().Summary(new ImageShape(2, 3, 8, 12));

        Assert.Equal(
            [
                new("conv", "Conv2d", new ImageShape(2, 4, 4, 6), (4 * 3 * 9) + 4, 2 * 4 * 6 * 4 * 3 * 9, 5184 / 8640.0),
                new("norm", "BatchNorm2d", new ImageShape(2, 4, 4, 6), 8, 0, 0),
                new("relu1", "ReLU", new ImageShape(2, 4, 4, 6), 0, 0, 0),
                new("up", "ConvTranspose2d", new ImageShape(2, 3, 8, 12), (4 * 3 * 4) + 3, 2 * 4 * 6 * 4 * 3 * 4, 2304 / 8640.0),
                new("mix", "Linear", new ImageShape(2, 2, 8, 12), (3 * 2) + 2, 2 * 8 * 12 * 3 * 2, 1152 / 8640.0),
            ],
            summary.Rows.ToArray());
        Assert.Equal(112 + 8 + 51 + 8, summary.Parameters);
        Assert.Equal(8640, summary.Macs);
        Assert.Equal(sizeof(float) * 2 * ((3 * 4 * 24) + (3 * 96) + (2 * 96)), summary.ActivationBytes);

        // Most is held while the last layer runs: what it takes and what it makes.
        Assert.Equal(sizeof(float) * 2 * ((3 * 96) + (2 * 96)), summary.PeakBytes);
        Assert.Equal(sizeof(float) * (179 + 8), summary.WeightBytes);
    }

    [Fact]
    public void Summary_OfArchitectures_AgreesWithTheCostPerPixel()
    {
        foreach (Network network in new[] { UNet.Create(), NafNet.Create(), GatedConvAutoencoder.Create(), PartialConvUNet.Create() })
        {
            NetworkSummary summary = network.Summary(ImageShape.Single(3, 128, 192));

            Assert.Equal(network.ParameterCount, summary.Parameters);
            Assert.Equal(1, summary.Rows.Sum(row => row.MacShare), 1e-9);

            // Operations on single pixels, such as those of attention to channels, count for nothing per pixel of large pictures.
            Assert.InRange(summary.Macs / (network.MacsPerPixel * 128 * 192), 1, 1.01);
            Assert.InRange(summary.PeakBytes / (sizeof(float) * network.ValuesPerPixel * 128 * 192), 1, 1.001);
        }
    }

    [Fact]
    public void ToString_AnyLanguage_WritesTheSameTable()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // As in German. Cultures by name are not there where globalization is invariant.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NumberDecimalSeparator) = (".", ",");
            CultureInfo.CurrentCulture = other;

            Assert.Equal(
                [
                    "small, input 2×3×8×12",
                    "---------------------------------------------------------------",
                    "Layer  Kind             Output shape  Parameters   MACs   Share",
                    "---------------------------------------------------------------",
                    "conv   Conv2d           2×4×4×6              112  5,184  60.0 %",
                    "norm   BatchNorm2d      2×4×4×6                8      0   0.0 %",
                    "relu1  ReLU             2×4×4×6                0      0   0.0 %",
                    "up     ConvTranspose2d  2×3×8×12              51  2,304  26.7 %",
                    "mix    Linear           2×2×8×12               8  1,152  13.3 %",
                    "---------------------------------------------------------------",
                    "Parameters: 179 (0.00 MiB with buffers)",
                    "MACs: 8,640",
                    "Activations: 0.01 MiB in training, 0.00 MiB at once in inference",
                ],
                Small().Summary(new ImageShape(2, 3, 8, 12)).ToString().Split('\n'));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Summary_InputThatDoesNotFit_IsRefused()
        => Assert.Throws<TensorShapeException>(() => Small().Summary(ImageShape.Single(1, 8, 8)));

    private static Network Small()
    {
        var builder = new NetworkBuilder("small");
        NetworkValue value = builder.Input("image", 3).Conv2d(4, 3, stride: 2, padding: 1, name: "conv").BatchNorm2d(name: "norm").ReLU();
        return builder.Output("x", value.ConvTranspose2d(3, 2, stride: 2, name: "up").Linear(2, name: "mix")).Build();
    }
}
