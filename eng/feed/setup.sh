#!/usr/bin/env bash
# Makes up for packages that the NuGet sources lack; see README.md. Called by `./build.sh setup`.
set -euo pipefail

feed=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$feed/../.." && pwd)
artifacts=$root/artifacts
offered=$artifacts/feed            # packages made here, a NuGet source of the repository's projects
packages=$artifacts/packages       # what restore extracts, instead of the user's own packages folder
work=$artifacts/feed-work          # downloads, builds, answers of the sources
settings=$artifacts/feed-settings  # --source, --libtorch and --cuda, remembered
folders=(onnxruntime imagesharp torchsharp)
wanted=("${folders[@]}")           # --only: what this setup looks after

# shellcheck source-path=SCRIPTDIR source=nuget.sh
source "$feed/nuget.sh"
# shellcheck source-path=SCRIPTDIR source=debian.sh
source "$feed/debian.sh"

usage() {
  cat <<'TEXT'
usage: ./build.sh setup [options]
  --source DIR|URL   also use this NuGet source, and ask it first; may be repeated; remembered
  --no-source        forget the sources given before
  --libtorch DIR     build TorchSharp's stand-in with this libtorch instead of Debian's; remembered
  --no-libtorch      use Debian's libtorch again
  --cuda             also get ONNX Runtime's providers for CUDA 13 and TensorRT (180 MB more); remembered
  --no-cuda          do without them again
  --only NAME        look after one folder of eng/feed only; may be repeated (what the demo needs is imagesharp)
  --refresh          ask the NuGet sources again, even if they have answered before
TEXT
}

fail() {
  echo "setup: $*" >&2
  exit 1
}

what_it_is() { # FOLDER
  local torch="Debian's libtorch"
  case $1 in
    onnxruntime) echo "Microsoft's own code, taken from npm packages ($([[ $cuda == yes ]] && echo 440 || echo 260) MB to download) and packed here" ;;
    imagesharp) echo "stand-in for the part that is used here, over Debian's libpng, libjpeg, libwebp and libtiff" ;;
    torchsharp) echo "stand-in for the part that is used here, over ${libtorch:-$torch} (CPU)" ;;
  esac
}

remember() { # NAME VALUE
  mkdir -p "$settings"
  if [[ -n $2 ]]; then
    echo "$2" > "$settings/$1.partial" && mv "$settings/$1.partial" "$settings/$1"
  else
    rm -f "$settings/$1"
  fi
}

recall() { # NAME
  [[ ! -f $settings/$1 ]] || cat "$settings/$1"
}

directory() { # DIR
  (cd "$1" 2>/dev/null && pwd) || fail "there is no directory '$1'."
}

parse() {
  local sources="" given=no only=()
  refresh=no
  while [[ $# -gt 0 ]]; do
    case $1 in
      --source | --libtorch | --only) [[ $# -ge 2 && -n $2 ]] || fail "$1 needs a value; see './build.sh setup --help'." ;;&
      --source)
        case $2 in
          http://* | https://*) sources+="${sources:+;}$2" ;;
          *) sources+="${sources:+;}$(directory "$2")" || exit 1 ;;
        esac
        given=yes
        shift 2
        ;;
      --no-source) given=yes && shift ;;
      --libtorch)
        libtorch=$(directory "$2") || exit 1
        [[ -f $libtorch/lib/libtorch.so ]] || fail "'$libtorch' is no libtorch: it has no lib/libtorch.so."
        remember libtorch "$libtorch"
        shift 2
        ;;
      --no-libtorch) remember libtorch "" && shift ;;
      --cuda) remember cuda yes && shift ;;
      --no-cuda) remember cuda "" && shift ;;
      --only)
        [[ " ${folders[*]} " == *" $2 "* ]] || fail "there is no folder '$2' in eng/feed; there are: ${folders[*]}."
        only+=("$2")
        shift 2
        ;;
      --refresh) refresh=yes && shift ;;
      -h | --help) usage && exit 0 ;;
      *) usage >&2 && fail "unknown option '$1'." ;;
    esac
  done
  [[ ${#only[@]} -eq 0 ]] || wanted=("${only[@]}")
  [[ $given == no ]] || remember sources "$sources"
  extra_sources=$(recall sources)
  libtorch=$(recall libtorch)
  cuda=$(recall cuda)
}

# A stand-in's versions must be those that the repository asks for.
check_versions() {
  local name id version rest central
  for name in "${folders[@]}"; do
    while read -r id version rest; do
      central=$(sed -n "s/.*<PackageVersion Include=\"${id//./\\.}\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props")
      [[ -z $central || $central == "$version" ]] ||
        fail "Directory.Packages.props asks for $id $central, eng/feed/$name/packages.txt says $version. Make them agree."
    done < <(packages_of "$name")
  done
}

# A folder stands in as a whole: half of a library official and half of it made here would not fit together.
is_served() { # FOLDER
  local id version rest
  while read -r id version rest; do
    [[ $rest == no || $(answer "$id" "$version") != missing ]] || return 1
  done < <(packages_of "$1")
}

# What the machine contributes to a build: a new library makes a new stand-in.
machine_of() { # FOLDER
  debian_versions_of "$1"
  [[ $1 != onnxruntime || $cuda != yes ]] || echo cuda
  [[ $1 != torchsharp ]] || echo "libtorch $libtorch" "$(cat "$libtorch/build-version" 2>/dev/null || true)"
}

key_of() { # FOLDER
  {
    (cd "$feed" && find "$1" Directory.* -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum)
    machine_of "$1"
  } | sha256sum | cut -d ' ' -f 1
}

is_built() { # FOLDER
  local id version rest
  [[ -f $work/$1/key && $(cat "$work/$1/key") == "$(key_of "$1")" ]] || return 1
  while read -r id version rest; do
    [[ -f $offered/$id.$version.nupkg ]] || return 1
  done < <(packages_of "$1")
}

build() { # FOLDER
  local name=$1 out=$work/$1/out key machine id version rest
  echo "setup: building eng/feed/$name"
  key=$(key_of "$name")
  machine=$(machine_of "$name")
  rm -rf "$out" "$work/$name/key"
  mkdir -p "$out" "$work/$name/work" "$offered"
  # What was compiled against other libraries is of no use; downloads are.
  if [[ ! -f $work/$name/machine || $(cat "$work/$name/machine") != "$machine" ]]; then
    find "$work/$name/work" -mindepth 1 -maxdepth 1 -not -name downloads -exec rm -rf {} +
    echo "$machine" > "$work/$name/machine"
  fi
  # MSBuild reads the second variable as a property: the sources given to setup serve these projects too.
  LIBTORCH_DIR=$libtorch ONNXRUNTIME_CUDA=${cuda:-no} RestoreAdditionalProjectSources=$extra_sources \
    "$feed/$name/build.sh" "$out" "$work/$name/work" ||
    fail "eng/feed/$name/build.sh failed; see its output above."
  while read -r id version rest; do
    [[ -f $out/$id.$version.nupkg ]] || fail "eng/feed/$name/build.sh made no $id.$version.nupkg."
  done < <(packages_of "$name")
  mv -f "$out"/*.nupkg "$offered/"
  echo "$key" > "$work/$name/key"
}

# Brings the packages folder in line with artifacts/feed, also after an interrupted setup.
extract_offered() { # FOLDER
  local id version rest stale=""
  while read -r id version rest; do
    extracted_is_current "$id" "$version" && continue
    drop_extracted "$id" "$version"
    stale+="$id $version"$'\n'
  done < <(packages_of "$1")
  [[ -z $stale ]] || extract_from "$offered" <<< "${stale%$'\n'}"
}

# Removes what an earlier setup made of packages that are served by now.
withdraw() { # FOLDER
  local id version rest
  while read -r id version rest; do
    rm -f "$offered/$id.$version.nupkg"
    [[ $(extracted_from "$packages" "$id" "$version") != */artifacts/feed ]] || drop_extracted "$id" "$version"
  done < <(packages_of "$1")
  rm -rf "${work:?}/$1/key"
}

# What a source given with --source has is taken from it.
extract_served() { # FOLDER
  local id version rest source
  while read -r id version rest; do
    source=$(answer "$id" "$version")
    [[ -n $source && ";$extra_sources;" == *";$source;"* ]] || continue
    [[ $(extracted_from "$packages" "$id" "$version") != "$source" ]] || continue
    drop_extracted "$id" "$version"
    extract_from "$source" <<< "$id $version"
  done < <(packages_of "$1")
}

announce() {
  local name
  echo "setup: the NuGet sources lack packages that this repository needs. To make up for them:"
  for name in "${todo[@]}"; do
    echo "  - $(packages_of "$name" | awk '{ printf "%s%s %s", (NR > 1 ? ", " : ""), $1, $2 }'):"
    echo "      $(what_it_is "$name")"
  done
  if [[ ${#debs[@]} -gt 0 ]]; then
    echo "  - Debian packages, to build and run them, installed with apt-get:"
    echo "      ${debs[*]}"
  fi
  echo "  All else stays in artifacts/. Nothing is published."
}

report() {
  local name id version rest from
  printf '\n%-38s %-9s %s\n' Package Version From
  for name in "${wanted[@]}"; do
    while read -r id version rest; do
      from=$(answer "$id" "$version")
      if [[ " ${made[*]} " == *" $name "* ]]; then
        from="made here by eng/feed/$name"
      elif [[ -z $from ]]; then
        from="the same source"
      fi
      printf '%-38s %-9s %s\n' "$id" "$version" "$from"
    done < <(packages_of "$name")
  done
}

main() {
  local name absent
  made=() todo=() debs=()
  check_versions
  find_sources "$refresh"

  for name in "${wanted[@]}"; do
    if is_served "$name"; then
      withdraw "$name"
      extract_served "$name"
    else
      made+=("$name")
    fi
  done
  # Without the folder, eng/feed.props leaves restore alone.
  [[ ${#made[@]} -gt 0 || ${#wanted[@]} -lt ${#folders[@]} ]] || rm -rf "$offered"

  if [[ ${#made[@]} -gt 0 ]]; then
    absent=$(missing_debian_packages "${made[@]}")
    [[ -z $absent ]] || mapfile -t debs <<< "$absent"
    for name in "${made[@]}"; do
      is_built "$name" || todo+=("$name")
    done
    if [[ ${#todo[@]} -gt 0 || ${#debs[@]} -gt 0 ]]; then
      announce
    fi
    [[ ${#debs[@]} -eq 0 ]] || install_debian_packages "${debs[@]}"
    for name in "${made[@]}"; do
      is_built "$name" || build "$name"
      extract_offered "$name"
    done
  fi
  report
}

# Messages are read by this script, so they must be English; no build servers outlive it.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

parse "$@"
mkdir -p "$work"
cd "$root"
if command -v flock >/dev/null; then
  exec 9> "$work/lock"
  flock -n 9 || { echo "setup: another setup is running in this repository; waiting for it" && flock 9; }
fi
# The lock is kept from child processes: a compiler server that stays behind must not hold it.
main 9>&-
