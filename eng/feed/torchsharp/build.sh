#!/usr/bin/env bash
# Builds the TorchSharp and TorchSharp-cpu stand-ins: build.sh OUT_DIR WORK_DIR
#
# LIBTORCH_DIR names a libtorch to build against, see build-native.sh; without it Debian's libtorch-dev is used.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -ne 2 ]; then
    echo "usage: $0 OUT_DIR WORK_DIR" >&2
    exit 2
fi
mkdir -p "$1" "$2"
out=$(cd "$1" && pwd)
work=$(cd "$2" && pwd)
library=$work/native/libLibTorchSharp.so
"$here/build-native.sh" "$library"

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
