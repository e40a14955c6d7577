#!/usr/bin/env bash
# Builds the TorchSharp and TorchSharp-cpu stand-ins: build.sh OUT_DIR WORK_DIR
#
# LIBTORCH_DIR names a libtorch to build against (a folder with include/ and lib/, e.g. the torch folder of a
# Python installation, CUDA included); without it Debian's libtorch-dev is used.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 2 ]; then
    echo "usage: $0 OUT_DIR WORK_DIR" >&2
    exit 2
fi
mkdir -p "$1" "$2"
out=$(cd "$1" && pwd)
work=$(cd "$2" && pwd)
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

stamp=$({ cat "$here"/native/* "$here/build.sh"; echo "$libtorch"; } | sha256sum | cut -d' ' -f1)
library=$work/native/libLibTorchSharp.so
if [ ! -e "$library" ] || [ "$(cat "$work/native/stamp" 2>/dev/null)" != "$stamp" ]; then
    mkdir -p "$work/native"
    echo "compiling the native half against ${libtorch:-the libtorch of Debian}"
    rm -f "$work/native/"*.o
    units=("$here"/native/*.cpp)
    # No more compilers at once than processors: each takes more than half a GiB.
    printf '%s\0' "${units[@]}" |
        xargs -0 -P "$(nproc)" -I {} bash -c 'unit=$1; out=$2; shift 2; exec "$@" -c "$unit" -o "$out/$(basename "$unit" .cpp).o"' \
            compile {} "$work/native" "${CXX:-g++}" "${compile[@]}"
    "${CXX:-g++}" "$work/native/"*.o "${link[@]}" -o "$library"
    strip --strip-unneeded "$library"
    echo "$stamp" > "$work/native/stamp"
fi

# The projects are built from a copy, so that no bin or obj folder lands in the sources.
rm -rf "$work/managed/src"
mkdir -p "$work/managed"
cp -r "$here/managed" "$work/managed/src"
cp "$here/../Directory.Build.props" "$here/../Directory.Build.targets" "$here/../Directory.Packages.props" "$work/managed/"
pack() {
    dotnet pack "$work/managed/src/$1.csproj" -c Release -o "$out" --nologo -v quiet -m:1 \
        -p:BaseIntermediateOutputPath="$work/managed/obj/$1/" -p:BaseOutputPath="$work/managed/bin/$1/" \
        -p:UseSharedCompilation=false "${@:2}"
}
pack TorchSharp
# Its dependency is the package just made; nothing is asked of any other source.
pack TorchSharp-cpu -p:NativeLibrary="$library" -p:RestoreSources="$out" -p:RestorePackagesPath="$work/packages"
