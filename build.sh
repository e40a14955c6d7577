#!/usr/bin/env bash
# The repository's commands; `./build.sh help` lists them. Works from any directory.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
artifacts=$root/artifacts
solution=$root/ImageRestoration.sln

usage() {
  cat <<'TEXT'
usage: ./build.sh COMMAND [arguments]
  setup [options]   make up for packages that the NuGet sources lack (setup --help; eng/feed/README.md)
  build             setup, then build everything
  test [arguments]  build, then run all tests; arguments go to `dotnet test`, for instance --filter NAME
  demo [arguments]  setup, then restore the bundled photographs; results and report.html in artifacts/demo
  pack              setup, then make the NuGet packages in artifacts/nupkg
  bench [filter]    setup, then run the benchmarks whose name matches the filter (default: all)
  help              show this text
Every command may be repeated; what is up to date is not done again.
TEXT
}

fail() {
  echo "build.sh: $*" >&2
  exit 1
}

find_dotnet() {
  if ! command -v dotnet >/dev/null; then
    [[ -x ${HOME:-}/.dotnet/dotnet ]] ||
      fail "the .NET SDK is needed (version 10.0.100 or a later 10.0), and 'dotnet' is not in PATH." \
           "Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
    export DOTNET_ROOT=$HOME/.dotnet PATH=$HOME/.dotnet:$PATH
  fi
  # In the root, global.json decides which SDK serves.
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    fail "no installed .NET SDK satisfies global.json (10.0.100 or a later 10.0). Installed: $(list_sdks)." \
         "Install one: https://dotnet.microsoft.com/download/dotnet/10.0"
}

list_sdks() {
  local sdks
  sdks=$(cd / && dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -s -d ' ' -) || true
  echo "${sdks:-none}"
}

setup() {
  "$root/eng/feed/setup.sh" "$@"
}

build() {
  dotnet build "$solution" -c Release -nologo -v minimal || fail "the build failed; see the errors above."
}

# Sums what the tests' result files say. A skipped test is in the total, but was not executed.
counts_of() { # TRX
  grep -oE '<Counters [^>]*>' "$1" | head -n 1 | awk '{
    for (i = 2; i <= NF; i++) if (split($i, pair, "=") == 2) { gsub(/[^0-9]/, "", pair[2]); n[pair[1]] = pair[2] }
    print n["passed"] + 0, n["executed"] - n["passed"], n["total"] - n["executed"]
  }'
}

run_tests() {
  local results=$artifacts/test-results project name status counts
  local passed=0 failed=0 skipped=0 p f s
  local -a troubles=()
  rm -rf "$results" && mkdir -p "$results"
  while IFS= read -r project; do
    [[ $(dotnet msbuild "$project" -nologo -getProperty:IsTestProject -p:Configuration=Release) == true ]] || continue
    name=$(basename "$project" .csproj)
    echo "== $name"
    status=0
    dotnet test "$project" -c Release --no-build -nologo \
      --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
      --results-directory "$results" "$@" || status=$?
    p=0 f=0 s=0
    if [[ -f $results/$name.trx ]]; then
      counts=$(counts_of "$results/$name.trx")
      [[ -z $counts ]] || read -r p f s <<< "$counts"
    fi
    if [[ $status -ne 0 && $f -eq 0 && $((p + s)) -gt 0 ]]; then
      troubles+=("$name stopped before its end (exit status $status); see its output above")
      f=1
    elif [[ $status -ne 0 && $f -eq 0 ]]; then
      troubles+=("$name crashed or could not start (exit status $status); see its output above")
      f=1
    elif [[ $((p + f + s)) -eq 0 && $# -eq 0 ]]; then
      troubles+=("$name contains no test")
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done < <(find "$root/tests" -name '*.csproj' -not -path '*/bin/*' -not -path '*/obj/*' | LC_ALL=C sort)

  [[ $((passed + failed + skipped)) -gt 0 ]] || troubles+=("no test ran at all")
  echo
  for p in "${troubles[@]}"; do echo "build.sh: $p"; done
  echo "$passed passed, $failed failed, $skipped skipped"
  [[ $failed -eq 0 && ${#troubles[@]} -eq 0 ]]
}

pack() {
  local project
  rm -rf "$artifacts/nupkg"
  while IFS= read -r project; do
    dotnet pack "$project" -c Release -nologo -v minimal -o "$artifacts/nupkg" || fail "packing $project failed."
  done < <(find "$root/src" -mindepth 2 -maxdepth 2 -name '*.csproj' | LC_ALL=C sort)
  echo "Packages:"
  find "$artifacts/nupkg" -name '*.nupkg' | LC_ALL=C sort
}

command=${1:-help}
[[ $# -eq 0 ]] || shift

# Nodes that outlive the command would keep a pipe it writes to open.
export DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# dotnet and NuGet need a home; some build machines set none.
export HOME=${HOME:-$artifacts/home}

if [[ ${BASH_VERSINFO[0]} -lt 4 ]]; then
  fail "bash 4 or later is needed, this is $BASH_VERSION. With PowerShell, build.ps1 has the same commands."
fi

case $command in
  help | -h | --help) usage && exit 0 ;;
  setup | build | test | demo | pack | bench) find_dotnet ;;
  *) usage >&2 && fail "unknown command '$command'." ;;
esac

case $command in
  setup) setup "$@" ;;
  build)
    setup
    build
    ;;
  test)
    setup
    build
    run_tests "$@"
    ;;
  demo)
    # Pictures are restored in C# alone: neither libtorch nor ONNX Runtime is needed.
    setup --only imagesharp
    dotnet run --project "$root/samples/RestorationDemo" -c Release -- "$@"
    echo "Set-up, build and restoration took $SECONDS s."
    ;;
  pack)
    setup
    pack
    ;;
  bench)
    setup
    dotnet run --project "$root/benchmarks/ImageRestoration.Benchmarks" -c Release -- --filter "${1:-*}" "${@:2}"
    ;;
esac
