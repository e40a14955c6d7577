"""Prints the rows of JpegReference.cs and of ../Imaging/ResamplingReference.cs: what libjpeg (libjpeg-turbo's default settings, through Pillow) leaves
of synthetic pictures, and how Pillow resamples a row.

    python3 reference_values.py

Needs NumPy and Pillow (9.4 or later). The pictures are those of ../Metrics/reference_values.py.
"""
import hashlib
import io
import os
import sys

import numpy as np
from PIL import Image

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Metrics"))
from reference_values import SOURCES  # noqa: E402

SUBSAMPLING = {"Ratio444": 0, "Ratio422": 1, "Ratio420": 2}
JPEG_CASES = (
    [("Pattern", 3, 64, 48, quality, name) for quality in (1, 10, 49, 50, 51, 75, 95, 100) for name in SUBSAMPLING]
    + [("HashNoise", 3, 61, 83, quality, name) for quality in (5, 30, 90) for name in SUBSAMPLING]
    + [("Pattern", 3, height, width, 40, name) for height, width in ((1, 1), (5, 4), (3, 5), (17, 33), (16, 16), (9, 130)) for name in SUBSAMPLING]
    + [("Pattern", 1, height, width, quality, "Ratio420") for height, width, quality in ((64, 48, 20), (13, 7, 60), (8, 8, 100))]
    + [("Flat", 1, 40, 40, 15, "Ratio420")]
)
RESAMPLING_CASES = [(kernel, size, to) for kernel in ("Bilinear", "Bicubic") for size, to in ((8, 3), (5, 12), (11, 10), (4, 1), (1, 3))]


def jpeg_digest(source, channels, height, width, quality, subsampling):
    levels = SOURCES[source](channels, height, width).astype(np.uint8)
    picture = Image.fromarray(levels[0]) if channels == 1 else Image.fromarray(levels.transpose(1, 2, 0))
    file = io.BytesIO()
    options = {} if channels == 1 else {"subsampling": SUBSAMPLING[subsampling]}
    picture.save(file, "JPEG", quality=quality, **options)
    decoded = np.array(Image.open(io.BytesIO(file.getvalue())))
    planes = decoded[None] if channels == 1 else decoded.transpose(2, 0, 1)
    return hashlib.sha256(np.ascontiguousarray(planes).tobytes()).hexdigest()


def main():
    for case in JPEG_CASES:
        source, channels, height, width, quality, subsampling = case
        print(f'        {{ "{source}", {channels}, {height}, {width}, {quality}, ChromaSubsampling.{subsampling}, "{jpeg_digest(*case)[:32]}" }},')
    for kernel, size, to in RESAMPLING_CASES:
        row = (SOURCES["HashNoise"](1, 1, size)[0] / 255).astype(np.float32)
        result = np.array(Image.fromarray(row).resize((to, 1), getattr(Image.Resampling, kernel.upper())))[0]
        print(f"        {{ ResamplingKernel.{kernel}, {size}, [{', '.join(f'{value:.7g}f' for value in result)}] }},")


if __name__ == "__main__":
    main()
