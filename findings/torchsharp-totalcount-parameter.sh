#!/usr/bin/env bash
# TorchSharp 0.107.0: Tensor.TotalCount counts a Parameter and the tensor that it is made of, and the disposal of only one of them.
# The number of live tensors seems to grow by one with every parameter that was ever made; the memory is given back.
# Seen: tensor 1, parameter 1, disposal of the parameter -1, of the tensor 0: one is left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console -n probe -o . > /dev/null
dotnet add package TorchSharp --version 0.107.0 > /dev/null
dotnet add package TorchSharp-cpu --version 0.107.0 > /dev/null
cat > Program.cs <<'CODE'
using TorchSharp.Modules;
using static TorchSharp.torch;

try
{
    zeros(1).Dispose();
}
catch (NotSupportedException)
{
    Console.WriteLine("not run: TorchSharp 0.107.0 needs the libstdc++ of GCC 13 (GLIBCXX_3.4.32), and this system's is older");
    return 2;
}

long start = Tensor.TotalCount;
Tensor tensor = zeros(3);
long made = Tensor.TotalCount - start;
var parameter = new Parameter(tensor);
long parameterMade = Tensor.TotalCount - start - made;
parameter.Dispose();
long parameterDisposed = Tensor.TotalCount - start - made - parameterMade;
tensor.Dispose();
long left = Tensor.TotalCount - start;
Console.WriteLine($"TorchSharp {typeof(Tensor).Assembly.GetName().Version}: tensor made {made}, parameter "
    + $"made of it {parameterMade}, parameter disposed {parameterDisposed}, both disposed {left} left");
return (made, parameterMade, parameterDisposed, left) == (1, 1, -1, 1) ? 0 : 1;
CODE
dotnet build -c Release > /dev/null
# On systems with an older libstdc++ the one symbol version that it lacks, which is not needed, is marked as weak in the program's copy.
python3 - bin/Release/*/runtimes/linux-x64/native/libLibTorchSharp.so <<'RELAX'
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
offset, = struct.unpack_from("<Q", data, 0x28)
size, count = struct.unpack_from("<HH", data, 0x3A)
for i in range(count):
    header = offset + i * size
    kind, = struct.unpack_from("<I", data, header + 4)
    if kind == 0x6FFFFFFE:
        need, = struct.unpack_from("<Q", data, header + 0x18)
        link, = struct.unpack_from("<I", data, header + 0x28)
        names, = struct.unpack_from("<Q", data, offset + link * size + 0x18)
        while True:
            entries, = struct.unpack_from("<H", data, need + 2)
            entry = need + struct.unpack_from("<I", data, need + 8)[0]
            for _ in range(entries):
                name = names + struct.unpack_from("<I", data, entry + 8)[0]
                if data[name:data.index(0, name)] == b"GLIBCXX_3.4.32":
                    data[entry + 4] |= 2
                entry += struct.unpack_from("<I", data, entry + 12)[0]
            step, = struct.unpack_from("<I", data, need + 12)
            if step == 0:
                break
            need += step
import os
os.remove(sys.argv[1])
open(sys.argv[1], "wb").write(data)
RELAX
dotnet bin/Release/*/probe.dll
