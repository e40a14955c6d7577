"""Prints the rows of MetricReference.cs: PSNR and SSIM of synthetic pictures as scikit-image computes them.

    python3 reference_values.py

Needs NumPy and scikit-image (0.19 or later). The formulas below and those in SyntheticImages.cs are the same,
in whole numbers, so that both sides compare the same pictures.
"""
import numpy as np
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


def main():
    for source, channels, height, width, strength in CASES:
        expected = SOURCES[source](channels, height, width)
        actual = disturbed(expected, strength)
        # float32 quotients as the library holds them; computed on in float64.
        e, a = ((v.astype(np.float32) / np.float32(255)).astype(np.float64) for v in (expected, actual))
        psnr = peak_signal_noise_ratio(e, a, data_range=1)
        ssim = structural_similarity(
            e, a, data_range=1, channel_axis=0, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
        print(f'        {{ "{source}", {channels}, {height}, {width}, {strength}, {psnr:.12f}, {ssim:.12f} }},')


if __name__ == "__main__":
    main()
