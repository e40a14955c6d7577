using System.Buffers;
using ImageRestoration.Degradation.Blurring;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Degradation.Sensor;

/// <summary>
/// Which of three colours each pixel of a sensor sees, and how the other two are made up: squares of 2×2 with two green pixels.
/// </summary>
/// <remarks>Beyond its border the mosaic is mirrored without repeating the border pixel, which keeps the order of the colours.</remarks>
internal readonly struct BayerPattern
{
    /// <summary>Rows and columns around a pixel that are looked at.</summary>
    private const int Radius = 2;

    private readonly int _top;
    private readonly int _left;

    /// <summary>Creates a pattern.</summary>
    /// <param name="phase">0 to 3: whether the first red pixel is in the second column (1) and in the second row (2).</param>
    public BayerPattern(int phase) => (_top, _left) = (phase >> 1, phase & 1);

    /// <summary>Colour of a pixel: 0 red, 1 green, 2 blue.</summary>
    public int ColorAt(int y, int x)
    {
        int row = (y + _top) & 1, column = (x + _left) & 1;
        return row != column ? 1 : row == 0 ? 0 : 2;
    }

    /// <summary>Makes a picture of three channels of a mosaic.</summary>
    /// <param name="mosaic">1×1×H×W.</param>
    /// <param name="picture">1×3×H×W.</param>
    /// <param name="gradientCorrected">
    /// Whether means of neighbours are corrected by the second derivative of the known colour, as in Malvar, He and Cutler, "High-quality
    /// linear interpolation for demosaicing of Bayer-patterned color images", ICASSP 2004; bilinear where not.
    /// </param>
    public void Demosaic(ImageTensor mosaic, ImageTensor picture, bool gradientCorrected)
    {
        int height = mosaic.Height, width = mosaic.Width, stride = width + (2 * Radius);
        float[] room = ArrayPool<float>.Shared.Rent((height + (2 * Radius)) * stride);
        for (int y = -Radius; y < height + Radius; y++)
        {
            Border.MirrorRow(mosaic.Row(0, 0, MirrorPadding.Mirror(y, height)), room.AsSpan((y + Radius) * stride, stride), Radius);
        }

        for (int y = 0; y < height; y++)
        {
            var rows = new Neighbours(room.AsSpan(y * stride, (2 * Radius * stride) + stride), stride);
            FillRow(rows, y, picture, gradientCorrected);
        }

        ArrayPool<float>.Shared.Return(room);
    }

    private void FillRow(Neighbours rows, int y, ImageTensor picture, bool corrected)
    {
        Span<float> red = picture.Row(0, 0, y), green = picture.Row(0, 1, y), blue = picture.Row(0, 2, y);

        // A row has green and one other colour, "own"; the third is above and below its green pixels.
        bool isRed = ((y + _top) & 1) == 0;
        Span<float> own = isRed ? red : blue, other = isRed ? blue : red;
        int firstOwn = isRed ? _left : 1 - _left;
        for (int x = 0; x < own.Length; x++)
        {
            float known = rows.At(0, x);
            if ((x & 1) == firstOwn)
            {
                own[x] = known;
                green[x] = corrected ? rows.CorrectedGreen(x) : rows.Cross(x);
                other[x] = corrected ? rows.CorrectedDiagonal(x) : rows.Diagonal(x);
            }
            else
            {
                green[x] = known;
                own[x] = corrected ? rows.CorrectedAcross(x) : rows.Across(x);
                other[x] = corrected ? rows.CorrectedAlong(x) : rows.Along(x);
            }
        }
    }

    /// <summary>Five padded rows; the numbers of the paper's figure 2, each sum divided by 8.</summary>
    private readonly ref struct Neighbours(ReadOnlySpan<float> rows, int stride)
    {
        private readonly ReadOnlySpan<float> _rows = rows;

        public float At(int dy, int x) => _rows[((dy + Radius) * stride) + x + Radius];

        public float Across(int x) => (At(0, x - 1) + At(0, x + 1)) * 0.5f;

        public float Along(int x) => (At(-1, x) + At(1, x)) * 0.5f;

        public float Cross(int x) => (Across(x) + Along(x)) * 0.5f;

        public float Diagonal(int x) => (At(-1, x - 1) + At(-1, x + 1) + At(1, x - 1) + At(1, x + 1)) * 0.25f;

        public float CorrectedGreen(int x) => Cross(x) + (((4 * At(0, x)) - Far(x)) * 0.125f);

        public float CorrectedDiagonal(int x) => Diagonal(x) + (((4 * At(0, x)) - Far(x)) * 0.1875f);

        public float CorrectedAcross(int x)
            => Across(x) + (((5 * At(0, x)) - (4 * Diagonal(x)) - At(0, x - 2) - At(0, x + 2) + ((At(-2, x) + At(2, x)) * 0.5f)) * 0.125f);

        public float CorrectedAlong(int x)
            => Along(x) + (((5 * At(0, x)) - (4 * Diagonal(x)) - At(-2, x) - At(2, x) + ((At(0, x - 2) + At(0, x + 2)) * 0.5f)) * 0.125f);

        private float Far(int x) => At(0, x - 2) + At(0, x + 2) + At(-2, x) + At(2, x);
    }
}
