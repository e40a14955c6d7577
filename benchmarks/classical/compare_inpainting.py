#!/usr/bin/env python3
"""Compares the classical inpainting methods with OpenCV, scikit-image and SciPy: same pictures, same masks, same run.

    python3 benchmarks/classical/compare_inpainting.py --images CBSD68 --masks MASKS

Needs Debian's python3-opencv, python3-skimage and python3-scipy. Every mask of --masks is cropped from its top left corner, transposed
for portraits, number i mod count. PSNR is that of the missing part, over all channels, results rounded to 8 bits, averaged over the
pictures; times are medians over the pictures, on --threads threads for all.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from scipy.interpolate import griddata
from skimage.restoration import inpaint_biharmonic

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "benchmarks/ImageRestoration.Quality/ImageRestoration.Quality.csproj"


def grid_fill(method):
    def fill(image, mask):
        missing = mask != 0
        known = np.argwhere(~missing)
        where = np.argwhere(missing)
        values = griddata(known, image[~missing], where, method=method)
        outside = np.isnan(values[:, 0])
        if outside.any():  # outside the convex hull of the known pixels
            values[outside] = griddata(known, image[~missing], where[outside], method="nearest")
        out = image.copy()
        out[missing] = values
        return out
    return fill


def opencv_fill(flag, radius):
    def fill(image, mask):
        bytes_ = np.round(image * 255).astype(np.uint8)
        return cv2.inpaint(bytes_, mask * 255, radius, flag).astype(np.float32) / 255
    return fill


def biharmonic_fill(split):
    return lambda image, mask: inpaint_biharmonic(image, mask != 0, split_into_regions=split, channel_axis=-1)


# Ours, and the peers that it is compared with.
METHODS = {
    "nearest": [("SciPy griddata nearest", grid_fill("nearest"))],
    "linear": [("SciPy griddata linear", grid_fill("linear"))],
    "biharmonic": [("scikit-image biharmonic", biharmonic_fill(False)), ("scikit-image biharmonic, split", biharmonic_fill(True))],
    "telea:3": [("OpenCV Telea, radius 3", opencv_fill(cv2.INPAINT_TELEA, 3))],
    "telea:5": [("OpenCV Telea, radius 5", opencv_fill(cv2.INPAINT_TELEA, 5))],
    "patchmatch:0": [("OpenCV Navier-Stokes, radius 5", opencv_fill(cv2.INPAINT_NS, 5))],
}


def read_picture(path):
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    return picture[:, :, ::-1].astype(np.float32) / 255


def freeform(folder):
    masks = [(cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) > 127) for p in sorted(Path(folder).iterdir()) if p.suffix == ".png"]

    def make(i, height, width):
        mask = masks[i % len(masks)]
        return (mask[:width, :height].T if height > width else mask[:height, :width]).astype(np.uint8)
    return make


def regions(i, height, width):
    """Three rectangles of 1/8 to 1/3 of each side."""
    random = np.random.default_rng([1, i])
    mask = np.zeros((height, width), np.uint8)
    for _ in range(3):
        h, w = int(height * random.uniform(1 / 8, 1 / 3)), int(width * random.uniform(1 / 8, 1 / 3))
        top, left = random.integers(0, height - h + 1), random.integers(0, width - w + 1)
        mask[top:top + h, left:left + w] = 1
    return mask


def points(i, height, width):
    return (np.random.default_rng([2, i]).random((height, width)) < 0.8).astype(np.uint8)


def psnr(truth, result, mask):
    rounded = np.round(np.clip(result, 0, 1) * 255) / 255
    difference = (truth.astype(np.float64) - rounded)[mask != 0]
    return 10 * np.log10(1 / np.mean(difference ** 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True)
    parser.add_argument("--masks", required=True)
    parser.add_argument("--patterns", default="free-form,region,points")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--step", type=int, default=1, help="take every n-th picture")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("--keep", help="folder that keeps the results, as PNG")
    options = parser.parse_args()
    cv2.setNumThreads(options.threads)

    build = subprocess.run(["dotnet", "build", PROJECT, "-c", "Release", "-m:1", "-nologo", "-v", "q", "--getProperty:TargetPath"], check=True, stdout=subprocess.PIPE, text=True)
    subprocess.run(["dotnet", "build", PROJECT, "-c", "Release", "-m:1", "-nologo", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
    program = build.stdout.strip()
    patterns = {"free-form": freeform(options.masks), "region": regions, "points": points}
    methods = options.methods.split(",")
    paths = [p for p in sorted(Path(options.images).iterdir()) if p.suffix in (".png", ".jpg", ".bmp")][:options.limit]
    chosen = list(enumerate(paths))[::options.step]
    rows = []
    for pattern in options.patterns.split(","):
        pictures = {f"{i:03}": read_picture(p) for i, p in chosen}
        masks = {name: patterns[pattern](int(name), *picture.shape[:2]) for name, picture in pictures.items()}
        masks = {name: mask for name, mask in masks.items() if mask.any()}  # a mask picture may have its holes beyond the picture's edge
        pictures = {name: pictures[name] for name in masks}
        scores = {}

        def note(method, name, result, seconds):
            scores.setdefault(method, []).append((psnr(pictures[name], result, masks[name]), seconds))
            if options.keep:
                folder = Path(options.keep)
                folder.mkdir(parents=True, exist_ok=True)
                bytes_ = np.round(np.clip(result, 0, 1) * 255).astype(np.uint8)
                cv2.imwrite(str(folder / f"{pattern}_{name}_{method.replace(' ', '_').replace(':', '-')}.png"), bytes_[:, :, ::-1])

        with tempfile.TemporaryDirectory() as folder:
            for name, picture in pictures.items():
                given = np.where(masks[name][..., None] != 0, 0, picture).astype(np.float32)
                np.save(f"{folder}/{name}.image.npy", np.ascontiguousarray(given.transpose(2, 0, 1)))
                np.save(f"{folder}/{name}.mask.npy", np.ascontiguousarray(masks[name]))
            environment = {**os.environ, "DOTNET_PROCESSOR_COUNT": str(options.threads)}
            lines = subprocess.run(["dotnet", program, "exchange", folder, *methods], check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
            for line in lines.splitlines():
                name, method, seconds = line.split("\t")
                note(method, name, np.load(f"{folder}/{name}.{method.replace(':', '-')}.npy").transpose(1, 2, 0), float(seconds))
        for peer, fill in [] if options.no_peers else [p for m in methods for p in METHODS[m]]:
            for name, picture in pictures.items():
                given = np.where(masks[name][..., None] != 0, 0, picture)
                start = time.perf_counter()
                result = fill(given, masks[name])
                note(peer, name, result, time.perf_counter() - start)
        print(f"\n{pattern}: {len(pictures)} pictures, {100 * np.mean([m.mean() for m in masks.values()]):.1f} % missing")
        print(f"| {'method':32} | PSNR dB | seconds |\n| {'-' * 32} | ------: | ------: |")
        for method in [m for own in methods for m in [own, *(p for p, _ in METHODS[own])]]:
            if method in scores:
                quality, seconds = statistics.mean(s[0] for s in scores[method]), statistics.median(s[1] for s in scores[method])
                rows.append({"pattern": pattern, "method": method, "psnr": quality, "seconds": seconds})
                print(f"| {method:32} | {quality:7.2f} | {seconds:7.3f} |", flush=True)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
