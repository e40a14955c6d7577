namespace ImageRestoration.Photos;

/// <summary>Tags of TIFF 6.0 and its technical notes.</summary>
internal static class TiffTags
{
    internal const ushort NewSubfileType = 254;
    internal const ushort SubfileType = 255;
    internal const ushort ImageWidth = 256;
    internal const ushort ImageLength = 257;
    internal const ushort BitsPerSample = 258;
    internal const ushort Compression = 259;
    internal const ushort Photometric = 262;
    internal const ushort FillOrder = 266;
    internal const ushort StripOffsets = 273;
    internal const ushort Orientation = 274;
    internal const ushort SamplesPerPixel = 277;
    internal const ushort RowsPerStrip = 278;
    internal const ushort StripByteCounts = 279;
    internal const ushort XResolution = 282;
    internal const ushort YResolution = 283;
    internal const ushort PlanarConfiguration = 284;
    internal const ushort ResolutionUnit = 296;
    internal const ushort Predictor = 317;
    internal const ushort TileWidth = 322;
    internal const ushort TileLength = 323;
    internal const ushort TileOffsets = 324;
    internal const ushort TileByteCounts = 325;
    internal const ushort SubDirectories = 330;
    internal const ushort ExtraSamples = 338;
    internal const ushort SampleFormat = 339;
    internal const ushort Xmp = 700;
    internal const ushort Iptc = 33723;
    internal const ushort PhotoshopBlocks = 34377;
    internal const ushort Icc = 34675;

    internal const ushort GreyFromWhite = 0;
    internal const ushort GreyFromBlack = 1;
    internal const ushort Rgb = 2;
    internal const ushort Separated = 5;

    internal const ushort Uncompressed = 1;
    internal const ushort Lzw = 5;
    internal const ushort Deflate = 8;
    internal const ushort OldDeflate = 32946;
    internal const ushort PackBits = 32773;

    internal const ushort NoPredictor = 1;
    internal const ushort HorizontalPredictor = 2;

    internal const ushort UnassociatedAlpha = 2;

    internal const ushort FloatingPoint = 3;

    // 256-266: size and coding; 273-284: strips and sampling but resolution; 288-293: free space and fax; 317-345: predictor, palette,
    // tiles, inks, samples, tables; 512-532: old JPEG and YCbCr. Profiles are carried apart.
    private static readonly HashSet<ushort> _ofTheFile =
    [
        NewSubfileType, SubfileType, ImageWidth, ImageLength, BitsPerSample, Compression, Photometric, 263, 264, 265, FillOrder,
        StripOffsets, SamplesPerPixel, RowsPerStrip, StripByteCounts, 280, 281, PlanarConfiguration, 288, 289, 290, 291, 292, 293, 301,
        Predictor, 318, 319, 320, 321, TileWidth, TileLength, TileOffsets, TileByteCounts, SubDirectories, 332, 333, 334, 336, 337,
        ExtraSamples, SampleFormat, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, Xmp, Iptc,
        PhotoshopBlocks, Icc,
    ];

    /// <summary>Whether a tag describes how a TIFF file stores its pixels or profiles, so that it means nothing in another file.</summary>
    internal static bool IsOfTheFile(ushort tag) => _ofTheFile.Contains(tag);
}
