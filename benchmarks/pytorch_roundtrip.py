"""Takes weights from PyTorch to this library and back, through safetensors files with state-dict names, and compares what both compute.

    python3 benchmarks/pytorch_roundtrip.py
    python3 benchmarks/pytorch_roundtrip.py --fixture tests/ImageRestoration.Core.Tests/Networks/PyTorch

The first compares both ways, prints the largest differences and fails where one exceeds 1e-5. The second writes the state dict, an input and its
output that the tests read: seeded random numbers. Needs PyTorch; the first also the .NET SDK.
"""
import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile

import torch
from torch import nn

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ImageRestoration.Benchmarks")
TOLERANCE = 1e-5


class Block(nn.Module):
    """Grouped convolution to half the size and a slope for each channel."""

    def __init__(self):
        super().__init__()
        self.grouped = nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2, bias=False)
        self.slopes = nn.PReLU(6)

    def forward(self, x):
        return self.slopes(self.grouped(x))


class RoundTrip(nn.Module):
    """RoundTripNetwork.cs declares the same network, with the same names."""

    def __init__(self):
        super().__init__()
        self.head = nn.Sequential(nn.Conv2d(3, 4, 3, padding=2, dilation=2), nn.BatchNorm2d(4), nn.ReLU())
        self.block = Block()
        self.mix = nn.Linear(6, 5)
        self.norm = nn.GroupNorm(1, 5)
        self.up = nn.ConvTranspose2d(5, 3, 3, stride=2, padding=1, output_padding=1)
        self.slope = nn.PReLU()

    def forward(self, x):
        # A linear layer mixes the last dimension; here that is the channels of each pixel.
        mixed = self.mix(self.block(self.head(x)).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return x + self.slope(self.up(self.norm(mixed)))


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors):
        tensor = tensors[name].detach().contiguous()
        values = tensor.numpy().tobytes()
        kind = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            if entry["dtype"] != "F32":
                raise ValueError(f"{name} is {entry['dtype']}")
            tensors[name] = torch.frombuffer(data[begin:end], dtype=torch.float32).reshape(entry["shape"])
    return tensors


def trained_module():
    """Random weights, and the statistics of batch normalisation after a few batches."""
    torch.manual_seed(5)
    module = RoundTrip()
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.dim() == 1:
                parameter += 0.2 * torch.randn_like(parameter)
    for _ in range(3):
        module(torch.rand(2, 3, 8, 8))
    return module.eval()


def write_torch_side(folder):
    module = trained_module()
    picture = torch.rand(2, 3, 10, 6)
    with torch.no_grad():
        output = module(picture)
    write_safetensors(os.path.join(folder, "roundtrip.safetensors"), module.state_dict())
    write_safetensors(os.path.join(folder, "roundtrip_values.safetensors"), {"input": picture, "output": output})
    return output


def report(way, expected, actual):
    difference = (expected - actual).abs().max().item()
    print(f"{way}: largest difference {difference:.1e}, allowed {TOLERANCE:.0e}, values up to {expected.abs().max().item():.2f}")
    return difference <= TOLERANCE


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fixture", metavar="FOLDER", help="only write the files that the tests read")
    arguments = parser.parse_args()
    if arguments.fixture:
        write_torch_side(arguments.fixture)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        expected = write_torch_side(folder)
        subprocess.run(["dotnet", "run", "-c", "Release", "--project", PROJECT, "--", "--pytorch", folder], check=True)
        there = report("PyTorch's weights here", expected, read_safetensors(os.path.join(folder, "answer.safetensors"))["output"])
        module = RoundTrip()
        module.load_state_dict(read_safetensors(os.path.join(folder, "declared.safetensors")))
        values = read_safetensors(os.path.join(folder, "declared_values.safetensors"))
        with torch.no_grad():
            back = report("this library's weights in PyTorch", values["output"], module.eval()(values["input"]))
    return 0 if there and back else 1


if __name__ == "__main__":
    sys.exit(main())
