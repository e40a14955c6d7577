# shellcheck shell=bash disable=SC2154 # the variables are those of setup.sh
# Sourced by setup.sh: which packages the sources serve, and what lies in the repository's packages folder.

# Reads a folder's packages.txt without comments: "id version" or "id version no".
packages_of() { # FOLDER
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$feed/$1/packages.txt"
}

xml() {
  sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g'
}

# Restores "id version" lines from standard input into PACKAGES_DIR; the log goes to $work/probe/log.
restore_packages() { # PACKAGES_DIR SOURCES
  local probe=$work/probe id version
  rm -rf "$probe" && mkdir -p "$probe"
  {
    echo '<Project>'
    echo "  <PropertyGroup><RestorePackagesPath>$(xml <<< "$1")</RestorePackagesPath>"
    echo "    <ProbeSources>$(xml <<< "$2")</ProbeSources></PropertyGroup>"
    echo '  <ItemGroup>'
    while read -r id version; do
      echo "    <PackageDownload Include=\"$id\" Version=\"[$version]\" />"
    done
    echo '  </ItemGroup>'
    echo '</Project>'
  } > "$probe/request.props"
  dotnet restore "$feed/probe/Probe.csproj" -nologo -m:1 --no-http-cache -v minimal \
    -p:ProbeRequest="$probe/request.props" -p:BaseIntermediateOutputPath="$probe/obj/" > "$probe/log" 2>&1
}

# Where the extracted package came from, or nothing if it is not there.
extracted_from() { # PACKAGES_DIR ID VERSION
  local metadata=$1/${2,,}/$3/.nupkg.metadata
  [[ -f $metadata ]] && sed -n 's/.*"source": *"\(.*\)".*/\1/p' "$metadata"
  return 0
}

# Reads "id version" lines; appends "id version source" or "id version missing" to ANSWERS.
# "Not found" is an answer, an unreachable source is not: the latter ends the setup.
ask() { # SOURCES ANSWERS
  local asked=$work/asked source id version
  rm -rf "$asked" && mkdir -p "$asked"
  cat > "$work/question"
  [[ -s $work/question ]] || return 0
  if ! restore_packages "$asked" "$1" < "$work/question"; then
    explain_failure "$work/probe/log"
  fi
  while read -r id version; do
    source=$(extracted_from "$asked" "$id" "$version")
    if [[ -z $source ]]; then
      grep -qE "error NU110[0-3]:.*(package |')${id//./\\.}(\. | |')" "$work/probe/log" || {
        cat "$work/probe/log" >&2
        fail "NuGet neither served $id $version nor said that it lacks it; see its output above."
      }
      source=missing
    fi
    echo "$id $version $source" >> "$2"
  done < "$work/question"
  rm -rf "$asked"
}

explain_failure() { # LOG
  local other
  other=$(grep -oE 'error [A-Z]+[0-9]+' "$1" | grep -vE 'NU110[0-3]' | sort -u | tr '\n' ' ' || true)
  grep -qE 'error NU110[0-3]' "$1" && [[ -z $other ]] && return 0
  cat "$1" >&2
  case $other in
    *NU1301*)
      fail "a NuGet source cannot be reached, so nobody knows whether it has the packages. Check the network," \
           "the proxy (HTTPS_PROXY) and credentials; 'dotnet nuget list source' shows the sources of NuGet.config," \
           "'./build.sh setup --no-source' forgets those given with --source." ;;
    *) fail "NuGet failed while it was asked for packages; see its output above." ;;
  esac
}

# The sources' answers, from the last run if neither packages nor sources have changed.
find_sources() { # REFRESH
  local key answers=$work/answers name extra
  local -a order
  key=$({
    dotnet nuget list source --format short
    echo "$extra_sources"
    for name in "${folders[@]}"; do packages_of "$name"; done
  } | sha256sum | cut -d ' ' -f 1)
  if [[ $1 == no && -f $answers && $(head -n 1 "$answers") == "$key" ]]; then
    return
  fi

  echo "setup: asking the NuGet sources for the packages this repository needs"
  local partial=$answers.partial
  echo "$key" > "$partial"
  for name in "${folders[@]}"; do packages_of "$name"; done |
    awk '$3 != "no" { print $1, $2 }' > "$work/unanswered"
  IFS=';' read -r -a order <<< "$extra_sources"
  for extra in "${order[@]}" ""; do
    ask "$extra" "$partial" < "$work/unanswered"
    awk '$3 == "missing" { print $1, $2 }' "$partial" > "$work/unanswered"
    # Only the last source's "missing" stands.
    [[ -n $extra ]] && sed -i '/ missing$/d' "$partial"
  done
  mv "$partial" "$answers"
}

answer() { # ID VERSION
  awk -v id="$1" -v version="$2" '$1 == id && $2 == version { print substr($0, length($1 $2) + 3) }' "$work/answers"
}

drop_extracted() { # ID VERSION
  rm -rf "${packages:?}/${1,,}/$2"
}

# Puts packages into the repository's packages folder from one source. NuGet takes what lies there
# without asking anyone, which settles where a package comes from when several sources have it.
extract_from() { # SOURCE, "id version" lines on standard input
  local lines id version
  lines=$(cat)
  restore_packages "$packages" "$1" <<< "$lines" || {
    cat "$work/probe/log" >&2
    fail "NuGet could not take packages from $1; see its output above."
  }
  # Packed files bear the time of packing; without this, builds would take an older library for unchanged.
  while read -r id version; do
    find "$packages/${id,,}/$version" -type f \( -name '*.dll' -o -name '*.so*' \) -exec touch {} +
  done <<< "$lines"
}

# Whether the extracted package is the very file that lies in artifacts/feed.
extracted_is_current() { # ID VERSION
  local recorded=$packages/${1,,}/$2/${1,,}.$2.nupkg.sha512 file=$offered/$1.$2.nupkg
  [[ -f $recorded && -f $file ]] &&
    [[ $(cat "$recorded") == "$(base64_sha512 "$file")" ]]
}

base64_sha512() { # FILE: sha512 in base64, as NuGet records it
  sha512sum "$1" | cut -d ' ' -f 1 | sed 's/../\\x&/g' | { read -r escaped; printf '%b' "$escaped"; } | base64 -w 0
}
