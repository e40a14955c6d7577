#!/usr/bin/env bash
# TorchSharp 0.107.0 lets go of a Scalar while the native call that takes it still runs: beside a thread that collects garbage, steps of its
# optimisers throw now and then ("Expected false to be true, but got false"). With the Scalar kept in a variable, the same operation never does.
# Exits with another code than 0 if that changes. Needs bash, python3 (only where libstdc++ is older than GCC 13's) and the .NET 10 SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console -n probe -o . > /dev/null
dotnet add package TorchSharp --version 0.107.0 > /dev/null
dotnet add package TorchSharp-cpu --version 0.107.0 > /dev/null
cat > Program.cs <<'CODE'
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

try
{
    set_num_threads(1);
}
catch (NotSupportedException)
{
    Console.WriteLine("not run: TorchSharp 0.107.0 needs the libstdc++ of GCC 13 (GLIBCXX_3.4.32), and this system's is older");
    return 2;
}

bool stop = false;
var collector = new Thread(() =>
{
    while (!Volatile.Read(ref stop))
    {
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
    }
});
collector.Start();
string first = "";
int optimiser = 0, kept = 0;
using (NewDisposeScope())
{
    Parameter[] parameters = [.. Enumerable.Range(0, 20).Select(_ => new Parameter(zeros(16)) { grad = ones(16) })];
    var sgd = optim.SGD(parameters, 1e-3, momentum: 0.9);
    for (int step = 0; step < 20_000; step++)
    {
        try { sgd.step(); }
        catch (Exception e) { optimiser++; first = e.Message.Split('\n')[0]; }
    }

    Tensor sum = zeros(16), term = ones(16);
    Scalar half = 0.5f;
    for (int call = 0; call < 400_000; call++)
    {
        try { sum.add_(term, half); }
        catch (Exception) { kept++; }
    }

    GC.KeepAlive(half);
}

Volatile.Write(ref stop, true);
collector.Join();
Console.WriteLine($"TorchSharp {typeof(Tensor).Assembly.GetName().Version}: {optimiser} of 20,000 steps of SGD threw ({first}); {kept} of 400,000 additions of a kept Scalar did");
return optimiser > 0 && kept == 0 ? 0 : 1;
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
