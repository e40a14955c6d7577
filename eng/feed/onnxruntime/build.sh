#!/usr/bin/env bash
# Packs the genuine ONNX Runtime for a NuGet feed that lacks it.
#   ONNXRUNTIME_CUDA=yes|no build.sh OUT_DIR WORK_DIR
# Two npm packages carry what the NuGet packages are made of: Microsoft's C# sources and Microsoft's
# native library; a third has the providers for CUDA and TensorRT, where these are asked for. They are downloaded once into WORK_DIR, checked against downloads*.txt, compiled and packed.
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "usage: $0 OUT_DIR WORK_DIR" >&2
  exit 2
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1" "$2"
out=$(cd "$1" && pwd)
work=$(cd "$2" && pwd)
downloads=$work/downloads
staging=$work/staging

fail() {
  echo "onnxruntime: $*" >&2
  exit 1
}

case $(uname -s)-$(uname -m) in
  Linux-x86_64) ;;
  *) fail "the npm packages serve Linux x64 only here, this is $(uname -s) $(uname -m)." \
          "Use a NuGet source that has Microsoft.ML.OnnxRuntime.Gpu: ./build.sh setup --source URL" ;;
esac

matches() { # FILE SHA512
  [[ -f $1 ]] && echo "$2  $1" | sha512sum --check --status -
}

# A tarball in WORK_DIR that has the pinned hash is used as it is, so a second build needs no network.
fetch() { # NAME VERSION SHA512
  local file=$downloads/$1-$2.tgz partial=$work/partial
  matches "$file" "$3" && return
  command -v npm >/dev/null || fail "npm is needed to download $1@$2; install it (Debian: apt-get install npm)."
  echo "onnxruntime: downloading $1@$2 from the npm registry"
  rm -rf "$partial" && mkdir -p "$partial" "$downloads"
  # A cache of its own: npm would otherwise keep a second copy in the user's home for good.
  (cd "$partial" && npm pack "$1@$2" --silent --ignore-scripts --cache "$work/npm-cache" >/dev/null) ||
    fail "'npm pack $1@$2' failed. Is the npm registry reachable? (npm config get registry, npm ping)"
  rm -rf "$work/npm-cache"
  matches "$partial/$1-$2.tgz" "$3" ||
    fail "$1@$2 does not have the sha512 pinned in eng/feed/onnxruntime/downloads*.txt;" \
         "the registry serves something else, or the download was damaged. Nothing was installed."
  mv "$partial/$1-$2.tgz" "$file"
  rm -rf "$partial"
}

declare -A tarball
while read -r name version hash; do
  [[ -z $name || $name == \#* ]] && continue
  fetch "$name" "$version" "$hash"
  tarball[$name]=$downloads/$name-$version.tgz
done < <(cat "$here/downloads.txt" && { [[ ${ONNXRUNTIME_CUDA:-no} != yes ]] || cat "$here/downloads-cuda.txt"; })

echo "onnxruntime: unpacking"
rm -rf "$staging" && mkdir -p "$staging/native"
tar -xzf "${tarball[com.github.asus4.onnxruntime]}" -C "$staging" --strip-components=1 --wildcards \
  'package/Runtime/*.cs' package/LICENSE package/ThirdPartyNotices.txt
mv "$staging/LICENSE" "$staging/LICENSE.txt"
tar -xzf "${tarball[onnxruntime-node]}" -C "$staging/native" --strip-components=5 \
  package/bin/napi-v6/linux/x64/libonnxruntime.so.1
mv "$staging/native/libonnxruntime.so.1" "$staging/native/libonnxruntime.so"
if [[ ${ONNXRUNTIME_CUDA:-no} == yes ]]; then
  tar -xzf "${tarball[com.github.asus4.onnxruntime.linux-x64-gpu]}" -C "$staging/native" --strip-components=4 \
    --wildcards 'package/Plugins/Linux/x64/*.so'
fi

# The sources name their friend assemblies by the public key that all of them share.
key=$(grep -oE 'PublicKey=[0-9a-f]+' "$staging/Runtime/AssemblyInfo.shared.cs" | head -n 1 | cut -d= -f2)
[[ ${#key} -eq 320 ]] || fail "no public key in AssemblyInfo.shared.cs; the downloaded sources are not those expected."
# shellcheck disable=SC2059,SC2001 # the format is the data: \x escapes made of hexadecimal digits
printf "$(sed 's/../\\x&/g' <<< "$key")" > "$staging/public.snk"

echo "onnxruntime: compiling and packing"
finished=$work/finished
rm -rf "$finished"
options=(-c Release -v quiet -nologo -m:1 -o "$finished"
  -p:BaseIntermediateOutputPath="$work/obj/" -p:BaseOutputPath="$work/bin/"
  -p:OnnxRuntimeStaging="$staging" -p:OnnxRuntimePublicKey="$staging/public.snk")
rm -rf "$work/obj" "${work:?}/bin"
dotnet pack "$here/managed/Microsoft.ML.OnnxRuntime.Managed.csproj" "${options[@]}"
for nuspec in "$here"/pack/*.nuspec; do
  rm -rf "$work/obj" "${work:?}/bin"
  dotnet pack "$here/pack/Pack.csproj" "${options[@]}" -p:NuspecFile="$nuspec"
done

mv "$finished"/*.nupkg "$out/"
rm -rf "$staging" "$finished" "$work/obj" "${work:?}/bin"
