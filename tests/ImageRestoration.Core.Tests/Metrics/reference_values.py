"""Prints the rows of MetricReference.cs: scores of synthetic pictures as scikit-image computes them.

    python3 reference_values.py

MS-SSIM, which scikit-image does not have, is written out below after Wang, Simoncelli and Bovik (2003), in float64 and with
two-dimensional convolutions. Needs NumPy, SciPy and scikit-image (0.19 or later). The formulas below and those in SyntheticImages.cs are the same,
in whole numbers, so that both sides compare the same pictures.
"""
import numpy as np
from scipy.signal import convolve2d
from skimage.color import rgb2ycbcr
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def pattern(channels, height, width):
    """Gradients, a grid and an edge: what SSIM finds structure in."""
    c, y, x = np.meshgrid(np.arange(channels), np.arange(height), np.arange(width), indexing="ij")
    return (x * 7 + y * 13 + c * 29 + (x * y) % 17 * 5 + (x // 8 + y // 8) % 2 * 60) % 256


def flat(channels, height, width):
    """Constant but for single steps of one level: the variances nearly vanish."""
    c, y, x = np.meshgrid(np.arange(channels), np.arange(height), np.arange(width), indexing="ij")
    return 200 + c + ((x + 3 * y) % 11 == 0)


def hash_noise(channels, height, width):
    """One level from 0 to 255 for every position, without structure."""
    i = np.arange(channels * height * width, dtype=np.uint64)
    h = (i * np.uint64(2654435761) + np.uint64(12345)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    return (h & np.uint64(255)).astype(np.int64).reshape(channels, height, width)


def disturbed(image, strength):
    """The picture with up to +-strength levels added, within [0, 255]."""
    offset = hash_noise(*image.shape) * (2 * strength + 1) // 256 - strength
    return np.clip(image + offset, 0, 255)


SOURCES = {"Pattern": pattern, "Flat": flat, "HashNoise": hash_noise}
CASES = [
    ("Pattern", 1, 11, 11, 20),
    ("Pattern", 1, 12, 17, 5),
    ("Pattern", 3, 64, 48, 40),
    ("Pattern", 3, 31, 129, 90),
    ("Pattern", 3, 300, 70, 12),
    ("Flat", 1, 40, 40, 2),
    ("Flat", 3, 33, 57, 60),
    ("HashNoise", 3, 50, 50, 100),
]


SCALED_CASES = [
    ("Pattern", 1, 161, 161, 20),
    ("Pattern", 3, 163, 190, 60),
    ("Pattern", 3, 257, 322, 200),
    ("Flat", 3, 170, 165, 40),
    ("HashNoise", 3, 200, 177, 120),
]


def missing(height, width):
    """Scattered blocks and the left border."""
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    return ((x // 5 + y // 7) % 3 == 0) & (x % 64 < 40) | (x < 3)


def pair(source, channels, height, width, strength):
    """float32 quotients as the library holds them; computed on in float64."""
    expected = SOURCES[source](channels, height, width)
    actual = disturbed(expected, strength)
    return tuple((v.astype(np.float32) / np.float32(255)).astype(np.float64) for v in (expected, actual))


def ssim(e, a, full=False):
    return structural_similarity(
        e, a, data_range=1, channel_axis=0, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, full=full)


def luma(image):
    """Channel 0 of rgb2ycbcr, which is on the scale [0, 255], as a picture of one channel."""
    return rgb2ycbcr(image, channel_axis=0)[:1] / 255


def ms_ssim_plane(x, y, weights=None):
    taps = np.exp(-0.5 * ((np.arange(11) - 5) / 1.5) ** 2)
    window = np.outer(taps, taps) / taps.sum() ** 2
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    result = 1
    for scale, exponent in enumerate([0.0448, 0.2856, 0.3001, 0.2363, 0.1333]):
        def blur(v):
            return convolve2d(v if weights is None else np.pad(v, 5, "symmetric"), window, "valid")

        mx, my = blur(x), blur(y)
        vx, vy, cov = blur(x * x) - mx * mx, blur(y * y) - my * my, blur(x * y) - mx * my
        quality = (2 * cov + c2) / (vx + vy + c2)
        if scale == 4:
            quality = quality * (2 * mx * my + c1) / (mx * mx + my * my + c1)
        result *= max(np.average(quality, weights=weights), 0) ** exponent
        x, y, weights = (v if v is None else halved(v) for v in (x, y, weights))
    return result


def halved(v):
    v = np.pad(v, [(0, v.shape[0] % 2), (0, v.shape[1] % 2)], "edge")
    return (v[::2, ::2] + v[1::2, ::2] + v[::2, 1::2] + v[1::2, 1::2]) / 4


def ms_ssim(e, a, weights=None):
    return np.mean([ms_ssim_plane(x, y, weights) for x, y in zip(e, a)])


def row(case, *scores):
    source, *numbers = case
    print(f'        {{ "{source}", {", ".join(map(str, numbers))}, {", ".join(f"{score:.12f}" for score in scores)} }},')


def main():
    print("Rows")
    for case in CASES:
        e, a = pair(*case)
        row(case, peak_signal_noise_ratio(e, a, data_range=1), ssim(e, a))

    print("LumaRows")
    for case in (c for c in CASES if c[1] == 3):
        e, a = map(luma, pair(*case))
        row(case, peak_signal_noise_ratio(e, a, data_range=1), ssim(e, a))

    print("MissingRows")
    for case in CASES:
        e, a = pair(*case)
        mask = missing(*e.shape[1:])
        row(case, peak_signal_noise_ratio(e[:, mask], a[:, mask], data_range=1), ssim(e, a, full=True)[1][:, mask].mean())

    print("MultiScaleRows")
    for case in SCALED_CASES:
        e, a = pair(*case)
        row(case, ms_ssim(e, a), ms_ssim(e, a, missing(*e.shape[1:]).astype(np.float64)))


if __name__ == "__main__":
    main()
