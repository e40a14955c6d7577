"""Computes the digests in TorchDigestTests.cs with PyTorch in float64: python3 reference_values.py"""
import torch
import torch.nn.functional as F


def ramp(shape, factor, period):
    count = 1
    for extent in shape:
        count *= extent
    values = [((i * factor) % period - period // 2) / 32 for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def digest(name, output):
    flat = output.reshape(-1)
    weighted = sum(v * (1 + i % 7) for i, v in enumerate(flat.tolist()))
    print(f'{name}: {"×".join(map(str, output.shape))} {flat[0].item()!r} {flat[-1].item()!r} {weighted!r}')


image = ramp((2, 6, 7, 9), 37, 101)
digest('conv', F.conv2d(image, ramp((4, 3, 3, 2), 29, 67), ramp((4,), 29, 67), (2, 3), (2, 1), (1, 2), 2))
digest('deconv', F.conv_transpose2d(image, ramp((6, 4, 3, 4), 29, 67), ramp((4,), 29, 67), (2, 3), (1, 2), (1, 2)))
digest('max', F.max_pool2d(image, (3, 4), (2, 3), (1, 2)))
digest('avg', F.avg_pool2d(image, (3, 4), (2, 3), (1, 2)))
digest('nearest', F.interpolate(image, scale_factor=3, mode='nearest'))
digest('bilinear2', F.interpolate(image, scale_factor=2, mode='bilinear', align_corners=False))
digest('bilinear3', F.interpolate(image, scale_factor=3, mode='bilinear', align_corners=False))
digest('shuffle', F.pixel_shuffle(ramp((2, 8, 3, 5), 37, 101), 2))
digest('unshuffle', F.pixel_unshuffle(ramp((2, 2, 6, 9), 37, 101), 3))
for name, function in [('relu', F.relu), ('leaky', lambda x: F.leaky_relu(x, 0.25)), ('gelu', F.gelu), ('silu', F.silu), ('sigmoid', torch.sigmoid), ('tanh', torch.tanh)]:
    digest(name, function(4 * image))

for name, function in [('softplus', F.softplus), ('prelu', lambda x: F.prelu(x, ramp((6,), 29, 67)))]:
    digest(name, function(4 * image))
weight, bias = ramp((6,), 29, 67), ramp((6,), 29, 67)

# The layers keep eps as float32.
batch_eps, layer_eps = torch.tensor([1e-5, 1e-6], dtype=torch.float32).tolist()
digest('batchnorm', F.batch_norm(image, ramp((6,), 29, 67), ramp((6,), 29, 67).abs() + 0.5, weight, bias, False, 0.1, batch_eps))
digest('layernorm', F.layer_norm(image.permute(0, 2, 3, 1), [6], weight, bias, layer_eps).permute(0, 3, 1, 2))
digest('groupnorm', F.group_norm(image, 3, weight, bias, batch_eps))
digest('globalpool', F.adaptive_avg_pool2d(image, 1))
digest('linear', F.linear(image.permute(0, 2, 3, 1), ramp((4, 6), 29, 67), ramp((4,), 29, 67)).permute(0, 3, 1, 2))
for name, mode in [('zeropad', 'constant'), ('reflect', 'reflect'), ('replicate', 'replicate')]:
    digest(name, F.pad(image, (3, 1, 0, 5), mode))
digest('narrow', image.narrow(1, 2, 3))
digest('scale', image * weight.reshape(1, 6, 1, 1) + bias.reshape(1, 6, 1, 1))
digest('attention', image * torch.sigmoid(image.mean((2, 3), keepdim=True)) / (torch.sigmoid(image[:, 1:2]) + 0.5))
