#!/usr/bin/env bash
# TorchSharp 0.107.0 (libtorch 2.10): set_num_threads reaches the calling thread and those that use libtorch for the first time later.
# A thread that used it before, such as one of the thread pool, keeps its number. Small convolutions on one thread take another kernel than
# those on several, and differ in the last bits, so one program on one machine gives different results from thread to thread.
# Seen: the older thread keeps 2 when 1 is set elsewhere; a new one has 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console -n probe -o . > /dev/null
dotnet add package TorchSharp --version 0.107.0 > /dev/null
dotnet add package TorchSharp-cpu --version 0.107.0 > /dev/null
cat > Program.cs <<'CODE'
using static TorchSharp.torch;

try
{
    set_num_threads(2);
}
catch (NotSupportedException)
{
    Console.WriteLine("not run: TorchSharp 0.107.0 needs the libstdc++ of GCC 13 (GLIBCXX_3.4.32), and this system's is older");
    return 2;
}

using var used = new ManualResetEventSlim();
using var set = new ManualResetEventSlim();
int before = 0, after = 0, fresh = 0;
var older = new Thread(() =>
{
    before = get_num_threads();
    used.Set();
    set.Wait();
    after = get_num_threads();
});
older.Start();
used.Wait();
set_num_threads(1);
set.Set();
older.Join();
var newer = new Thread(() => fresh = get_num_threads());
newer.Start();
newer.Join();
Console.WriteLine($"TorchSharp {typeof(Tensor).Assembly.GetName().Version}: a thread that used libtorch "
    + $"before had {before} and has {after}; the setting thread has {get_num_threads()}, a new one {fresh}");
return (before, after, get_num_threads(), fresh) == (2, 2, 1, 1) ? 0 : 1;
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
