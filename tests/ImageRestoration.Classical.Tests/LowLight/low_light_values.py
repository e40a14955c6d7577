"""Prints the rows of ClaheReference.cs: bytes that OpenCV's CLAHE makes of synthetic grey pictures.

    python3 low_light_values.py

Needs NumPy and OpenCV. The pictures are those of ../../Metrics/reference_values.py.
"""
import sys
from pathlib import Path

import cv2
import numpy as np

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "Metrics"))
from reference_values import SOURCES  # noqa: E402


def main():
    for source, height, width, clip, rows, columns in [
        ("Pattern", 128, 160, 2, 8, 8), ("Pattern", 121, 163, 4, 8, 8), ("HashNoise", 90, 76, 1, 4, 3), ("Pattern", 33, 47, 40, 2, 5),
    ]:
        picture = SOURCES[source](1, height, width)[0].astype(np.uint8)
        result = cv2.createCLAHE(clipLimit=clip, tileGridSize=(columns, rows)).apply(picture)
        values = [result[0, 0], result[height // 2, width // 3], result[height // 3, width // 2], result[height - 1, width - 1]]
        print(f'        {{ "{source}", {height}, {width}, {clip}, {rows}, {columns}, new byte[] {{ {", ".join(map(str, values))} }}, {result.mean():.6f}, {result.std():.6f} }},')


if __name__ == "__main__":
    main()
