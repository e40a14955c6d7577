#!/usr/bin/env python3
"""Compares the trainer's speed with PyTorch's, on the same networks, losses, optimisers and number types, in turns.

    python3 benchmarks/training_throughput.py [--networks unet convae] [--threads 1 2] [--rounds 20] [--steps 4]
    python3 benchmarks/training_throughput.py --device cuda --batch 64 --patch 128 --precision bfloat16 --threads 1 --memory-steps 1000

Needs PyTorch, best of the version that the trainer's libtorch has, and the .NET SDK. Networks: `unet`, the residual U-Net of 32, 64, 128 and
256 channels, batches of 16 patches of 64x64, Charbonnier loss, AdamW; `convae`, the convolutional autoencoder of 64 filters, batches of 32
pictures of 32x32, mean squared error, Adam. Both with clipped gradients and an exponential moving average of the weights.

PyTorch runs in this process, as one would write it for speed: channels-last, `torch.autocast` in bfloat16 (which leaves transposed
convolutions in float32; libtorch 1.13 computes them wrongly otherwise), optimisers and averages over lists of tensors, one batch that lies
ready in memory. The trainer runs in a process of its own with its usual data path: patches cut, turned and degraded on a background thread.

The two take turns, a few steps each, and the one that begins changes from round to round, so that whatever else the machine does meets
both alike. Printed are medians over the rounds and the quartiles of the ratio of throughputs; on one thread also the ratio of processor time,
which hardly depends on what else runs, and includes the trainer's data thread. With more threads on a machine that has other work, set
OMP_WAIT_POLICY=passive: threads that spin while they wait for one that got no processor slow both sides down, by turns.
"""
import argparse
import os
import statistics
import subprocess
import time

import torch
from torch import nn
from torch.nn import functional as F

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ImageRestoration.Benchmarks")
WARM_UP = 3


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.conv2(F.relu(self.conv1(x)))


class UNet(nn.Module):
    def __init__(self, channels=(32, 64, 128, 256)):
        super().__init__()
        steps = list(zip(channels, channels[1:]))
        self.head = nn.Conv2d(3, channels[0], 3, padding=1)
        self.encoder = nn.ModuleList(Block(c) for c in channels)
        self.down = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in steps)
        self.up = nn.ModuleList(nn.Conv2d(b, 4 * a, 1) for a, b in steps)
        self.decoder = nn.ModuleList(Block(a) for a, _ in steps)
        self.tail = nn.Conv2d(channels[0], 3, 3, padding=1)

    def forward(self, x):
        features, skips = self.head(x), []
        for block, down in zip(self.encoder, self.down):
            features = block(features)
            skips.append(features)
            features = down(features)
        features = self.encoder[-1](features)
        for up, block, skip in reversed(list(zip(self.up, self.decoder, skips))):
            features = block(F.pixel_shuffle(up(features), 2) + skip)
        return x + self.tail(features)


def conv_autoencoder(filters=64):
    def up():
        return nn.ConvTranspose2d(filters, filters, 3, stride=2, padding=1, output_padding=1)

    return nn.Sequential(
        nn.Conv2d(3, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        up(), nn.ReLU(), up(), nn.ReLU(), nn.Conv2d(filters, 3, 3, padding=1), nn.Sigmoid())


class PyTorch:
    """The training step in PyTorch."""

    def __init__(self, network, arguments):
        torch.manual_seed(0)
        self.is_unet = network == "unet"
        self.device = arguments.device
        self.autocast = {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(arguments.precision)
        self.scaler = torch.cuda.amp.GradScaler(enabled=arguments.precision == "float16")
        self.model = (UNet() if self.is_unet else conv_autoencoder()).to(self.device, memory_format=torch.channels_last)
        batch, size = (16, 64) if self.is_unet else (32, 32)
        self.batch, size = arguments.batch or batch, arguments.patch or size
        self.input, self.target = torch.rand(self.batch, 3, size, size), torch.rand(self.batch, 3, size, size)
        if self.device != "cpu":
            self.input, self.target = self.input.pin_memory(), self.target.pin_memory()
        self.parameters = list(self.model.parameters())
        self.averages = [p.detach().clone() for p in self.parameters]
        optimizer = torch.optim.AdamW if self.is_unet else torch.optim.Adam
        self.optimizer = optimizer(self.parameters, lr=1e-3, foreach=True)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        given = self.input.to(self.device, non_blocking=True).to(memory_format=torch.channels_last)
        target = self.target.to(self.device, non_blocking=True)
        with torch.autocast(self.device.split(":")[0], self.autocast or torch.bfloat16, enabled=self.autocast is not None):
            output = self.model(given)
        output = output.float()
        loss = ((output - target).square() + 1e-6).sqrt().mean() if self.is_unet else F.mse_loss(output, target)
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(self.optimizer)
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        with torch.no_grad():
            torch._foreach_mul_(self.averages, 0.999)
            torch._foreach_add_(self.averages, self.parameters, alpha=0.001)
        return loss.item()

    def run(self, steps):
        """Patches per second, and processor time of a step in milliseconds."""
        start, start_cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            self.step()
        return steps * self.batch / (time.perf_counter() - start), 1000 * (time.process_time() - start_cpu) / steps


class Trainer:
    """The trainer, in a process that trains when it is told to."""

    def __init__(self, network, threads, steps, arguments):
        command = ["--training", network, "--steps", str(steps), "--threads", str(threads), "--precision", arguments.precision, "--device", arguments.device]
        command += ["--batch", str(arguments.batch)] if arguments.batch else []
        command += ["--patch", str(arguments.patch)] if arguments.patch else []
        self.process = subprocess.Popen(
            ["dotnet", "run", "--no-build", "-c", "Release", "--project", PROJECT, "--", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit("The trainer did not start.")

    def run(self):
        """Patches per second, processor time of a step in milliseconds, share of the time spent waiting for data."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(map(float, self.process.stdout.readline().split()))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(network, threads, arguments):
    torch.set_num_threads(threads)
    theirs = PyTorch(network, arguments)
    theirs.run(WARM_UP)
    ours = Trainer(network, threads, arguments.steps, arguments)
    rounds = []
    for number in range(arguments.rounds):
        first, second = (ours.run, lambda: theirs.run(arguments.steps))[:: 1 if number % 2 == 0 else -1]
        a, b = first(), second()
        rounds.append((a, b) if number % 2 == 0 else (b, a))
    ours.close()
    ratios = [a[0] / b[0] for a, b in rounds]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    processor = f"{statistics.median(b[1] / a[1] for a, b in rounds):.2f}" if threads == 1 else "-"
    print(f"| {network} | {threads} | {statistics.median(a[0] for a, _ in rounds):.1f} | {statistics.median(b[0] for _, b in rounds):.1f} "
          f"| {middle:.2f} ({low:.2f} to {high:.2f}) | {processor} | {100 * statistics.median(a[2] for a, _ in rounds):.1f} % |", flush=True)


def memory(network, arguments):
    """Memory of the CUDA device before and after many steps of the trainer, in MiB. Nothing else may use the device meanwhile."""
    def used():
        return int(subprocess.run(["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "-i", arguments.device.partition(":")[2] or "0"],
                                  check=True, capture_output=True, text=True).stdout.split()[0])

    ours = Trainer(network, 1, arguments.memory_steps // 10, arguments)
    ours.run()
    marks = [used()]
    for _ in range(10):
        ours.run()
        marks.append(used())
    ours.close()
    print(f"\n{network}: memory of the device after each {arguments.memory_steps // 10} steps (MiB): {', '.join(map(str, marks))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", nargs="+", choices=["unet", "convae"], default=["unet", "convae"])
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--precision", choices=["bfloat16", "float32", "float16"], default="bfloat16")
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    parser.add_argument("--batch", type=int, help="patches of a step; 16 for unet and 32 for convae where not given")
    parser.add_argument("--patch", type=int, help="height and width of a patch; 64 for unet and 32 for convae where not given")
    parser.add_argument("--memory-steps", type=int, help="also watch the CUDA device's memory over so many steps of the trainer")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--steps", type=int, default=4, help="steps of each side in a round")
    arguments = parser.parse_args()
    if arguments.rounds < 2:
        parser.error("quartiles need at least 2 rounds")
    subprocess.run(["dotnet", "build", PROJECT, "-c", "Release", "-nologo", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
    device = torch.cuda.get_device_name(arguments.device) if arguments.device != "cpu" else "processor"
    print(f"PyTorch {torch.__version__}, {device}, {arguments.precision}, {arguments.rounds} rounds of {arguments.steps} steps\n")
    print("| network | threads | trainer (patches/s) | PyTorch (patches/s) | ratio (quartiles) | ratio of processor time | waiting for data |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for network in arguments.networks:
        for threads in arguments.threads:
            compare(network, threads, arguments)
    if arguments.memory_steps:
        for network in arguments.networks:
            memory(network, arguments)


if __name__ == "__main__":
    main()
