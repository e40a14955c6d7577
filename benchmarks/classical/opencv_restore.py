#!/usr/bin/env python3
"""Restores pictures with OpenCV, for the evaluation program, which starts this script and talks to it through pipes.

In, for each picture: channels, height and width as int32; the values as float32, channels x height x width, RGB or grey, in [0, 1]; the
mask as uint8, height x width, 1 = to be restored. Out: the same three numbers, the seconds as float64, and the restored values as float32. All
little-endian. OpenCV takes bytes, so values are rounded to 8 bits; known values are put back as they were. Needs Debian's python3-opencv.
"""
import argparse
import sys
import time

import cv2
import numpy as np



def nl_means(pixels, mask, h):
    """7x7 patches, searched in 21x21: the defaults. Colours are strengthened as luma is; OpenCV converts BGR to Lab."""
    if pixels.shape[2] == 1:
        return cv2.fastNlMeansDenoising(pixels, None, h)
    return cv2.fastNlMeansDenoisingColored(pixels[..., ::-1].copy(), None, h, h)[..., ::-1]


METHODS = {
    "telea": lambda pixels, mask, radius: cv2.inpaint(pixels, mask * 255, radius, cv2.INPAINT_TELEA),
    "navier-stokes": lambda pixels, mask, radius: cv2.inpaint(pixels, mask * 255, radius, cv2.INPAINT_NS),
    "nl-means": nl_means,
}


def read(count, dtype):
    data = sys.stdin.buffer.read(count * np.dtype(dtype).itemsize)
    return np.frombuffer(data, dtype)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--method", choices=METHODS, required=True)
    parser.add_argument("--number", type=float, required=True, help="radius of inpainting, or h of non-local means")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    if options.threads:
        cv2.setNumThreads(options.threads)
    while len(shape := read(3, "<i4")) == 3:
        channels, height, width = map(int, shape)
        image = read(channels * height * width, "<f4").reshape(channels, height, width)
        mask = read(height * width, "u1").reshape(height, width)
        pixels = np.ascontiguousarray(np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8).transpose(1, 2, 0))
        start = time.perf_counter()
        restored = METHODS[options.method](pixels, mask, options.number)
        seconds = time.perf_counter() - start
        planes = restored.reshape(height, width, channels).transpose(2, 0, 1).astype("<f4") / np.float32(255)
        sys.stdout.buffer.write(shape.tobytes())
        sys.stdout.buffer.write(np.float64(seconds).astype("<f8").tobytes())
        sys.stdout.buffer.write(np.where(mask != 0, planes, image).astype("<f4").tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
