#!/usr/bin/env bash
# Publishes the sample and prints size, start-up, time and memory as a row of the table in docs/performance.md.
# usage: measure.sh trimmed|aot [more `dotnet publish` arguments]
#   trimmed  a self-contained program whose unused parts are cut away
#   aot      native code; needs the SDK's native-AOT pack from NuGet, a C compiler and zlib's headers
# For instance: measure.sh aot -p:IlcInstructionSet=native
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kind=${1:-}
[[ $kind == trimmed || $kind == aot ]] || { grep '^# ' "$0" | sed 's/^# //' >&2; exit 2; }
shift

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rid=$(dotnet --info | awk '$1 == "RID:" { print $2; exit }')
[[ $kind == aot ]] && set -- -p:PublishAot=true "$@"
dotnet publish "$here" -c Release -r "$rid" -o "$folder/app" -nologo -v quiet "$@" >&2 || {
  echo "measure.sh: publishing failed; see above. Native AOT needs the pack runtime.$rid.Microsoft.DotNet.ILCompiler from the NuGet feed." >&2
  exit 1
}
rm -f "$folder"/app/*.pdb "$folder"/app/*.xml "$folder"/app/*.dbg

picture() { # WIDTH HEIGHT FILE: noise, which costs a network as much as anything else
  printf 'P6\n%s %s\n255\n' "$1" "$2" > "$3"
  head -c $((3 * $1 * $2)) /dev/urandom >> "$3"
}

best() { # FILE: least seconds and KiB of five runs
  local i
  for i in 1 2 3 4 5; do
    /usr/bin/time -f '%e %M' "$folder/app/RestoreTrimmed" "$1" "$folder/restored.ppm" 2>&1 >/dev/null
  done | sort -n | awk 'NR == 1 { seconds = $1; memory = $2 } { if ($2 < memory) memory = $2 } END { printf "%.2f s | %d MiB", seconds, memory / 1024 }'
}

picture 16 16 "$folder/small.ppm"
picture 1280 854 "$folder/photo.ppm"
echo "| $kind${*:+ ($*)} | $(du -sb "$folder/app" | awk '{ printf "%.1f MB", $1 / 1e6 }') | $(best "$folder/small.ppm") | $(best "$folder/photo.ppm") |"
