"""Compares the simulated JPEG compression with libjpeg's, through Pillow, on the PNG pictures of folders.

    python3 benchmarks/jpeg_parity.py FOLDER... [--pictures COUNT]

Prints a table over quality and subsampling: mean PSNR against the original of both results and the largest difference between them in any
picture, the smallest share of values within 2 of libjpeg's, and the largest difference of a value. Needs NumPy, Pillow and the .NET SDK.
"""
import argparse
import glob
import io
import os
import subprocess
import tempfile

import numpy as np
from PIL import Image

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ImageRestoration.Benchmarks")
SUBSAMPLING = {"444": 0, "422": 1, "420": 2}


def psnr(expected, actual):
    error = np.mean((expected.astype(np.float64) - actual) ** 2)
    return np.inf if error == 0 else 10 * np.log10(255**2 / error)


def libjpeg(picture, quality, subsampling):
    file = io.BytesIO()
    options = {} if picture.mode == "L" else {"subsampling": SUBSAMPLING[subsampling]}
    picture.save(file, "JPEG", quality=quality, **options)
    return np.array(Image.open(io.BytesIO(file.getvalue())))


def read(path, mode):
    """A picture in that mode: a grey result may be stored with or without colour."""
    return np.array(Image.open(path).convert(mode))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--pictures", type=int, default=1000, help="at most so many pictures of each folder")
    arguments = parser.parse_args()
    paths = [path for folder in arguments.folders for path in sorted(glob.glob(os.path.join(folder, "*.png")))[: arguments.pictures]]
    if not paths:
        parser.error("no PNG pictures there")
    pictures = [Image.open(path) for path in paths]
    rows = {}
    with tempfile.TemporaryDirectory() as output:
        subprocess.run(["dotnet", "run", "-c", "Release", "--project", PROJECT, "--", "--jpeg", output, *map(os.path.abspath, paths)], check=True)
        for name in os.listdir(output):
            number, quality, subsampling = name[: -len(".png")].split("-")
            picture = pictures[int(number)]
            original, expected = np.array(picture), libjpeg(picture, int(quality), subsampling)
            actual = read(os.path.join(output, name), picture.mode)
            difference = np.abs(expected.astype(int) - actual)
            rows.setdefault((int(quality), subsampling), []).append(
                (psnr(original, expected), psnr(original, actual), np.mean(difference <= 2), difference.max()))
    print(f"{len(paths)} pictures\n")
    print("| quality | subsampling | libjpeg (dB) | simulated (dB) | largest difference (dB) | within 2 | largest difference |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for (quality, subsampling), results in sorted(rows.items()):
        theirs, ours, near, largest = np.array(results).T
        print(f"| {quality} | {':'.join(subsampling)} | {theirs.mean():.3f} | {ours.mean():.3f} | {np.abs(theirs - ours).max():.4f} "
              f"| {100 * near.min():.2f} % | {largest.max():.0f} |")


if __name__ == "__main__":
    main()
