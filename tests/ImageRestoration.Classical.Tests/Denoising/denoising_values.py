"""Prints the rows of DenoisingReference.cs: what scikit-image's total-variation denoising makes of synthetic pictures.

    python3 denoising_values.py

Needs NumPy and scikit-image (0.19 or later). The pictures are those of ../../Metrics/reference_values.py.
"""
import sys
from pathlib import Path

import numpy as np
from skimage.restoration import denoise_tv_chambolle

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "Metrics"))
from reference_values import pair  # noqa: E402

CASES = [("Pattern", 1, 40, 57, 60), ("HashNoise", 1, 33, 35, 1), ("Flat", 1, 64, 31, 40)]


def main():
    print("TotalVariationRows")
    for case in CASES:
        picture = pair(*case)[1][0]
        for weight in (0.05, 0.3):
            result = denoise_tv_chambolle(picture, weight=weight, eps=0, max_num_iter=101)  # its last iteration only looks
            height, width = result.shape
            values = result[0, 0], result[height // 2, width // 3], result[height - 1, width - 1], result.std()
            print(f'        {{ "{case[0]}", {case[2]}, {case[3]}, {case[4]}, {weight}, {", ".join(f"{v:.8f}" for v in values)} }},')


if __name__ == "__main__":
    main()
