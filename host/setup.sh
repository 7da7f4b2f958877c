# Installs the Debian packages that a build needs and that are missing, then builds into build/. Sourced
# by run.sh and tests/run.sh with the working folder at the top of the tree. Says what it does on stderr.

packages_build="g++ cmake ninja-build pkg-config binutils libboost-dev libgit2-dev libdeflate-dev libsodium-dev libjemalloc-dev libssl-dev nlohmann-json3-dev
  libcli11-dev libicu-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libgumbo-dev libyaml-cpp-dev libtomlplusplus-dev
  libre2-dev libvalijson-dev zlib1g-dev libkainjow-mustache-dev ca-certificates git"

# install PACKAGE...: those that dpkg does not know as installed.
install() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
  done
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" != 0 ]; then
    echo "stet: these Debian packages are missing; install them as root:$missing" >&2
    exit 2
  fi
  echo "stet: installing$missing" >&2
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # A machine that was just made has no package lists, or old ones.
  if ! { apt-get install -y --no-install-recommends $missing ||
    { apt-get update && apt-get install -y --no-install-recommends $missing; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    exit 2
  fi
  rm -f "$log"
}

# build PRESET FOLDER [-DNAME=VALUE...]: what is given is set, the rest stays as it was.
build() {
  preset=$1 folder=$2
  shift 2
  if [ ! -f "$folder/build.ninja" ]; then
    echo "stet: configuring $folder" >&2
    cmake --preset "$preset" "$@" >/dev/null
  elif [ $# -gt 0 ]; then
    cmake "$@" "$folder" >/dev/null
  fi
  echo "stet: building $folder" >&2
  cmake --build "$folder" >&2
}
