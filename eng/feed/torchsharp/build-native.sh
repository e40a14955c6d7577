#!/usr/bin/env bash
# Builds the native half of the TorchSharp stand-in: build-native.sh LIBRARY
#
# LIBTORCH_DIR names a libtorch to build against (a folder with include/ and lib/, e.g. the torch folder of a
# Python installation, CUDA included); without it Debian's libtorch-dev is used. Needs a C++ compiler and no .NET SDK: a program that was published
# self-contained runs on another machine's libtorch once this has replaced libLibTorchSharp.so beside it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 1 ]; then
    echo "usage: $0 LIBRARY" >&2
    exit 2
fi
mkdir -p "$1.build"
work=$(cd "$1.build" && pwd)
library=${work%.build}
libtorch=${LIBTORCH_DIR:-}

compile=(-O2 -std=c++17 -fPIC -fvisibility=hidden -Wall -DNDEBUG)
link=(-shared)
if [ -n "$libtorch" ]; then
    [ -d "$libtorch/include" ] || { echo "LIBTORCH_DIR: $libtorch has no include folder" >&2; exit 1; }
    compile+=(-isystem "$libtorch/include" -isystem "$libtorch/include/torch/csrc/api/include")
    # The newest headers ask for C++20, which those of older versions do not all stand.
    if grep -qs 'TORCH_VERSION_MINOR' "$libtorch/include/torch/headeronly/version.h"; then
        compile+=(-std=c++20)
    fi
    link+=(-L"$libtorch/lib" "-Wl,-rpath,$libtorch/lib" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
    [ -e "$libtorch/lib/libtorch_cuda.so" ] && link+=(-ltorch_cuda -lc10_cuda)
else
    compile+=(-isystem /usr/include/torch/csrc/api/include)
    link+=(-Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
fi

stamp=$({ cat "$here"/native/* "$here/build-native.sh"; echo "$libtorch"; } | sha256sum | cut -d' ' -f1)
if [ ! -e "$library" ] || [ "$(cat "$work/stamp" 2>/dev/null)" != "$stamp" ]; then
    echo "compiling the native half against ${libtorch:-the libtorch of Debian}"
    rm -f "$work/"*.o
    units=("$here"/native/*.cpp)
    # No more compilers at once than processors: each takes more than half a GiB.
    printf '%s\0' "${units[@]}" |
        xargs -0 -P "$(nproc)" -I {} bash -c 'unit=$1; out=$2; shift 2; exec "$@" -c "$unit" -o "$out/$(basename "$unit" .cpp).o"' \
            compile {} "$work" "${CXX:-g++}" "${compile[@]}"
    "${CXX:-g++}" "$work/"*.o "${link[@]}" -o "$library"
    strip --strip-unneeded "$library"
    echo "$stamp" > "$work/stamp"
fi
