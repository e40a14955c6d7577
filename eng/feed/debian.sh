# shellcheck shell=bash disable=SC2154 # the variables are those of setup.sh
# Sourced by setup.sh: the Debian packages that the stand-ins are built and run with.

installed() { # PACKAGE
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# The Debian packages of a folder; its lines are "package" or "package command", where the command makes it unnecessary.
debian_packages_of() { # FOLDER
  local package command
  [[ -f $feed/$1/debian-packages.txt ]] || return 0
  while read -r package command; do
    # Somebody's own libtorch replaces Debian's.
    [[ -n $libtorch && $package == libtorch* ]] && continue
    [[ -n $command ]] && ! installed "$package" && command -v "$command" >/dev/null && continue
    echo "$package"
  done < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$feed/$1/debian-packages.txt")
}

missing_debian_packages() { # FOLDER...
  local name package
  command -v dpkg-query >/dev/null || {
    [[ ${FEED_SKIP_DEBIAN:-} == 1 ]] && return 0
    fail "this machine has no dpkg, and the stand-ins are built with Debian's packages. Either use a NuGet source" \
         "that has everything (./build.sh setup --source URL), or install the equivalents of" \
         "$(for name in "$@"; do debian_packages_of "$name"; done | sort -u | tr '\n' ' ')" \
         "and run this again with FEED_SKIP_DEBIAN=1."
  }
  for name in "$@"; do
    debian_packages_of "$name"
  done | sort -u | while read -r package; do
    installed "$package" || echo "$package"
  done
}

available() { # PACKAGE...
  local package
  for package in "$@"; do
    # awk reads to the end on purpose: with pipefail, a reader that stops early would fail the pipe.
    LC_ALL=C apt-cache policy "$package" 2>/dev/null |
      awk '$1 == "Candidate:" && $2 != "(none)" { found = 1 } END { exit !found }' || return 1
  done
}

install_debian_packages() { # PACKAGE...
  local -a options=(-y --no-install-recommends)
  if [[ $(id -u) -ne 0 ]]; then
    {
      echo "setup: installing these needs root. Run"
      echo
      echo "  sudo apt-get update && sudo apt-get install ${options[*]} $*"
      echo
      echo "and then this command again."
    } >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  # Fewer lines in logs; and a fresh machine may still be busy with its own updates.
  options+=(-qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
  # Fresh machines come without package lists.
  available "$@" || apt-get -qq update || fail "'apt-get update' failed; see its output above."
  available "$@" || fail "apt offers no candidate for some of: $*. See 'apt-cache policy $*'; this is made for Debian 12."
  apt-get install "${options[@]}" "$@" || {
    echo "setup: the package lists may be out of date; renewing them and trying once more"
    { apt-get -qq update && apt-get install "${options[@]}" "$@"; } || fail "apt-get could not install: $*"
  }
}

debian_versions_of() { # FOLDER
  local package
  command -v dpkg-query >/dev/null || return 0
  debian_packages_of "$1" | while read -r package; do
    # shellcheck disable=SC2016 # dpkg-query's own fields
    dpkg-query -W -f='${Package} ${Version}\n' "$package" 2>/dev/null || true
  done
}
