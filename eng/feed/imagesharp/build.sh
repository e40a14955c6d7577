#!/usr/bin/env bash
# Builds the SixLabors.ImageSharp stand-in package.
# usage: build.sh OUT_DIR WORK_DIR
# Needs the packages of debian-packages.txt and the .NET SDK; nothing is written beside these sources.
set -euo pipefail

if [ $# -ne 2 ]; then
  echo "usage: build.sh OUT_DIR WORK_DIR" >&2
  exit 2
fi

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mkdir -p "$1" "$2"
out="$(cd "$1" && pwd)"
work="$(cd "$2" && pwd)"

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "imagesharp: no runtime identifier is known for machine '$(uname -m)'" >&2; exit 1 ;;
esac

native="$work/libimagesharpcodecs.so"
g++ -std=c++17 -O2 -g0 -fPIC -shared -Wall -Wextra -Werror -fvisibility=hidden \
  -o "$native" "$here"/native/{png,jpeg,webp,tiff}.cpp -lpng16 -ljpeg -lwebp -lwebpdemux -ltiff -Wl,-z,defs

# The build happens in a copy, so that the source folder stays clean.
rm -rf "$work/managed"
cp -R "$here/managed" "$work/managed"
dotnet pack "$work/managed/SixLabors.ImageSharp.csproj" -c Release -m:1 -nologo -v:q -o "$out" \
  -p:NativeLibrary="$native" -p:NativeRuntime="$rid" \
  -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false
