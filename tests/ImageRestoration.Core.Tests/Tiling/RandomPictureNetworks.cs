using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Tiling;

/// <summary>Draws small encoder/decoder networks from picture to picture: every way down and up, odd factors, skip connections, dilation, paddings that later layers undo.</summary>
internal static class RandomPictureNetworks
{
    internal static Network Create(ulong seed, int channels = 1, bool mask = false, int width = 4)
    {
        var random = new SeededRandom(seed);
        var builder = new NetworkBuilder($"picture{seed}");
        NetworkValue image = builder.Input("image", channels);
        NetworkValue features = mask ? image.Concat([MaskFeatures(builder, random)]) : image;
        features = features.Conv2d(width, 3, padding: 1).ReLU();
        var levels = new Stack<(NetworkValue Skip, Size2d Factor)>();
        int depth = random.Next(4);
        for (int level = 0; level < depth; level++)
        {
            features = Local(features, random);
            Size2d factor = new(random.Next(1, 4), random.Next(1, 4));
            if (levels.Aggregate(factor.Height, (all, l) => all * l.Factor.Height) > 6 || levels.Aggregate(factor.Width, (all, l) => all * l.Factor.Width) > 6)
            {
                factor = 1;
            }

            levels.Push((features, factor));
            features = Down(features, factor, random);
        }

        features = Local(features, random);
        while (levels.TryPop(out (NetworkValue Skip, Size2d Factor) level))
        {
            features = Up(features, level.Factor, level.Skip.Channels, random);
            features = random.Next(3) switch
            {
                0 => features + level.Skip,
                1 => features.Concat([level.Skip]).Conv2d(level.Skip.Channels, 1),
                _ => features * level.Skip.Sigmoid(),
            };
            features = Local(features, random);
        }

        builder.Output("image", image + features.Conv2d(channels, 3, padding: 1));
        return builder.Build();
    }

    /// <summary>The mask may reach further than the picture.</summary>
    private static NetworkValue MaskFeatures(NetworkBuilder builder, SeededRandom random)
    {
        NetworkValue mask = builder.Input("mask", 1);
        return random.Next(2) == 0 ? mask : mask.Conv2d(1, 5, padding: 6, dilation: 3);
    }

    private static NetworkValue Local(NetworkValue value, SeededRandom random) => random.Next(7) switch
    {
        0 => value.Conv2d(value.Channels, 3, padding: 1).ReLU(),
        1 => value.Conv2d(value.Channels, 3, padding: 2, dilation: 2).LeakyReLU(0.1f),
        2 => value.Conv2d(value.Channels, 3, padding: 1, groups: value.Channels).SiLU(),

        // Grows by zeros on all sides, which the next layer takes away again.
        3 => value.Conv2d(value.Channels, 1, padding: 2).Conv2d(value.Channels, 5),
        4 => value.Conv2d(value.Channels, new Size2d(1, 5), padding: new Size2d(0, 2)).GELU(),
        5 => value.ConvTranspose2d(value.Channels, 3, padding: 1).Tanh(),
        _ => value + value.Conv2d(value.Channels, 3, padding: 1).ReLU().Conv2d(value.Channels, 3, padding: 1),
    };

    private static NetworkValue Down(NetworkValue value, Size2d factor, SeededRandom random)
    {
        int channels = value.Channels + random.Next(3);
        return random.Next(5) switch
        {
            0 => value.Conv2d(channels, factor, stride: factor),
            1 => value.Conv2d(channels, new Size2d(factor.Height + 2, factor.Width + 2), stride: factor, padding: 1),
            2 => value.MaxPool2d(factor),
            3 when factor.Height == factor.Width => value.PixelUnshuffle(factor.Height).Conv2d(channels, 1),
            _ => value.AvgPool2d(new Size2d(factor.Height + 2, factor.Width + 2), stride: factor, padding: 1),
        };
    }

    private static NetworkValue Up(NetworkValue value, Size2d factor, int channels, SeededRandom random)
    {
        if (factor.Height != factor.Width || random.Next(3) == 0)
        {
            return random.Next(3) switch
            {
                0 => value.ConvTranspose2d(channels, factor, stride: factor),
                1 => value.ConvTranspose2d(channels, new Size2d(factor.Height + 2, factor.Width + 2), stride: factor, padding: 1),

                // Cuts a pixel from each side, which the next layer would still need beyond a tile's border.
                _ => value.ConvTranspose2d(channels, factor, stride: factor, padding: new Size2d(factor.Height > 1 ? 1 : 0, factor.Width > 1 ? 1 : 0))
                    .Conv2d(channels, 3, padding: new Size2d(factor.Height > 1 ? 2 : 1, factor.Width > 1 ? 2 : 1)),
            };
        }

        return random.Next(3) switch
        {
            0 => value.Upsample(factor.Height, UpsampleMode.Bilinear).Conv2d(channels, 3, padding: 1),
            1 => value.Upsample(factor.Height).Conv2d(channels, 3, padding: 1),
            _ => value.Conv2d(channels * factor.Height * factor.Height, 1).PixelShuffle(factor.Height),
        };
    }
}
