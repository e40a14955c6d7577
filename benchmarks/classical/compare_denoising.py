#!/usr/bin/env python3
"""Compares the classical denoising and low-light methods with scikit-image and OpenCV: same pictures, same noise, same run.

    python3 benchmarks/classical/compare_denoising.py --images CBSD68 --grey Set12 --pairs lowlight_pairs

Needs Debian's python3-opencv and python3-skimage. Noise is white and Gaussian, seeded, not clipped; OpenCV, which takes bytes only, gets the
noisy picture rounded. PSNR is that of the result rounded to 8 bits, averaged over the pictures; times are medians over the pictures, on
--threads threads for all. Of CLAHE, PSNR is that between the two libraries' results. A folder of pairs holds NAME_low.png and NAME_high.png;
pixels that the longer exposure clips do not count.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from skimage.exposure import equalize_adapthist
from skimage.restoration import denoise_nl_means, denoise_tv_chambolle, estimate_sigma

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "benchmarks/ImageRestoration.Quality/ImageRestoration.Quality.csproj"


def nl_means(sigma, factor, known):
    return lambda y: denoise_nl_means(y, patch_size=5, patch_distance=6, h=factor * sigma / 255, sigma=sigma / 255 if known else 0, fast_mode=True, channel_axis=-1)


def opencv_nl_means(strength, patch, search):
    return lambda y: cv2.fastNlMeansDenoisingColored(to_bytes(y)[..., ::-1].copy(), None, strength, strength, patch, search)[..., ::-1] / 255


def denoising(sigma):
    """Ours by name, then the peers it is compared with. Strengths of peers: those they document, and the best ones found."""
    return {
        f"non-local-means:{sigma}": [],
        "non-local-means:auto": [],
        f"non-local-means:{sigma}:0.8:5:6": [
            ("scikit-image NLM, 5x5, h = 0.8 sigma", nl_means(sigma, 0.8, True)),
            ("scikit-image NLM, 5x5, h = 0.6 sigma", nl_means(sigma, 0.6, True)),
            ("OpenCV NLM colored, 5/13, h = 0.6 sigma", opencv_nl_means(0.6 * sigma, 5, 13)),
            ("OpenCV NLM colored, 7/21, h = 0.6 sigma", opencv_nl_means(0.6 * sigma, 7, 21)),
        ],
        f"total-variation:{sigma}": [],
        "total-variation:auto": [(f"scikit-image TV, weight = {k} sigma", lambda y, k=k: denoise_tv_chambolle(y, weight=k * sigma / 255, channel_axis=-1)) for k in (0.6, 0.8, 1.0)],
    }


def to_bytes(picture):
    return np.clip(np.round(picture * 255), 0, 255).astype(np.uint8)


def psnr(truth, result, valid=None):
    difference = (truth - to_bytes(result) / 255.0) if valid is None else (truth - to_bytes(result) / 255.0)[valid]
    error = np.mean(difference ** 2)
    return 10 * np.log10(1 / error) if error > 0 else np.inf


def read(path, grey=False):
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR)
    return (picture[..., None] if grey else picture[..., ::-1]) / 255


def files(folder, step=1):
    return [p for p in sorted(Path(folder).iterdir()) if p.suffix in (".png", ".jpg", ".bmp")][::step]


class Library:
    def __init__(self, threads):
        subprocess.run(["dotnet", "build", PROJECT, "-c", "Release", "-m:1", "-nologo", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
        command = ["dotnet", "build", PROJECT, "-c", "Release", "--getProperty:TargetPath"]
        self.program = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        self.environment = {**os.environ, "DOTNET_PROCESSOR_COUNT": str(threads)}

    def run(self, pictures, methods):
        """Yields picture number, method, result and number printed."""
        with tempfile.TemporaryDirectory() as folder:
            for i, picture in enumerate(pictures):
                np.save(f"{folder}/{i:04}.image.npy", np.ascontiguousarray(picture.transpose(2, 0, 1), dtype=np.float32))
            lines = subprocess.run(["dotnet", self.program, "exchange", folder, *methods], check=True, stdout=subprocess.PIPE, text=True, env=self.environment).stdout
            for line in lines.splitlines():
                name, method, number = line.split("\t")
                result = None if method == "estimate" else np.load(f"{folder}/{name}.{method.replace(':', '-')}.npy").transpose(1, 2, 0)
                yield int(name), method, result, float(number)


class Table:
    def __init__(self, title):
        print(f"\n{title}\n| {'method':42} | PSNR dB | seconds |\n| {'-' * 42} | ------: | ------: |", flush=True)
        self.scores = {}

    def note(self, method, quality, seconds):
        self.scores.setdefault(method, []).append((quality, seconds))

    def time(self, method, pictures, function, quality):
        for i, picture in enumerate(pictures):
            start = time.perf_counter()
            result = function(picture)
            self.note(method, quality(i, result), time.perf_counter() - start)

    def print(self):
        for method, scores in self.scores.items():
            quality = statistics.mean(s[0] for s in scores)
            print(f"| {method:42} | {'' if np.isnan(quality) else format(quality, '.2f'):>7} | {statistics.median(s[1] for s in scores):7.3f} |", flush=True)


def compare_denoising(library, pictures, sigma):
    random = np.random.default_rng(sigma)
    noisy = [(x + random.standard_normal(x.shape) * sigma / 255).astype(np.float32).astype(np.float64) for x in pictures]
    ours = [number for _, _, _, number in library.run(noisy, ["estimate"])]
    theirs = [255 * estimate_sigma(y, channel_axis=-1, average_sigmas=True) for y in noisy]
    table = Table(f"sigma {sigma}: {len(pictures)} pictures; estimated {np.mean(ours):.2f} (scikit-image {np.mean(theirs):.2f}, largest difference {max(abs(a - b) for a, b in zip(ours, theirs)):.2f})")
    methods = denoising(sigma)
    for i, method, result, seconds in library.run(noisy, methods):
        table.note(method, psnr(pictures[i], result), seconds)
    for peers in methods.values():
        for name, function in peers:
            table.time(name, noisy, function, lambda i, result: psnr(pictures[i], result))
    table.print()


def compare_clahe(library, pictures, title):
    table = Table(f"CLAHE, {title}: {len(pictures)} pictures; PSNR against OpenCV's result")
    clahe = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(8, 8))

    def opencv(picture):
        levels = to_bytes(picture)
        if levels.shape[2] == 1:
            return clahe.apply(levels[..., 0])[..., None] / 255
        luma = levels.astype(np.float64) @ [0.299, 0.587, 0.114]
        rounded = np.round(luma).astype(np.uint8)
        return np.clip(levels + (clahe.apply(rounded) - rounded.astype(np.float64))[..., None], 0, 255) / 255

    expected = [opencv(p) for p in pictures]
    for i, method, result, seconds in library.run(pictures, ["clahe:2"]):
        table.note(method, psnr(expected[i], np.clip(result, 0, 1)), seconds)
    if pictures[0].shape[2] == 1:
        table.time("OpenCV CLAHE (bytes)", pictures, opencv, lambda i, result: np.nan)
        table.time("scikit-image equalize_adapthist", pictures, lambda y: equalize_adapthist(y[..., 0], clip_limit=0.01)[..., None], lambda i, result: np.nan)
    table.print()


def compare_pairs(library, folder):
    lows = [p for p in files(folder) if p.stem.endswith("_low")]
    dark = [read(p) for p in lows]
    bright = [read(p.with_name(p.name.replace("_low", "_high"))) for p in lows]
    valid = [b.max(axis=2) < 253 / 255 for b in bright]
    table = Table(f"low light: {len(dark)} pairs; PSNR against the longer exposure")
    for i, picture in enumerate(dark):
        table.note("as it is", psnr(bright[i], picture, valid[i]), 0)
    for i, method, result, seconds in library.run(dark, ["gamma:auto", "clahe:2", "clahe:8"]):
        table.note(method, psnr(bright[i], result, valid[i]), seconds)
    table.time("scikit-image equalize_adapthist", dark, lambda y: equalize_adapthist(y), lambda i, result: psnr(bright[i], result, valid[i]))
    table.print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True, help="folder of RGB pictures")
    parser.add_argument("--grey", help="folder of grey pictures, for CLAHE")
    parser.add_argument("--pairs", help="folder of NAME_low.png and NAME_high.png")
    parser.add_argument("--sigmas", default="15,25,50")
    parser.add_argument("--step", type=int, default=1, help="take every n-th picture")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    cv2.setNumThreads(options.threads)
    library = Library(options.threads)
    pictures = [read(p) for p in files(options.images, options.step)]
    for sigma in map(int, filter(None, options.sigmas.split(","))):
        compare_denoising(library, pictures, sigma)
    compare_clahe(library, pictures, "RGB, luminance")
    if options.grey:
        compare_clahe(library, [read(p, grey=True) for p in files(options.grey)], "grey")
    if options.pairs:
        compare_pairs(library, options.pairs)


if __name__ == "__main__":
    main()
