# For toolchains.sh and headers.sh, which are run as: sh NAME.sh STET FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sdk=$here/../../sdk/include
stet=$1
work=$2
rm -rf "$work"
mkdir -p "$work"
export STET_TRUST="$work/trusted"

# build OUTPUT MANIFEST COMMAND...: a plugin as the SDK's CMake function makes it.
build() {
  output=$work/$1 manifest=$2
  shift 2
  "$@" -shared -fPIC -fvisibility=hidden -O1 -Wl,-z,defs,-z,now,--exclude-libs,ALL -o "$output"
  objcopy --remove-section=.stet.manifest --add-section=.stet.manifest="$manifest" "$output"
}

# said PLUGIN: all that it says of the documents, a line each.
said() {
  "$stet" plugin trust "$work/$1" >/dev/null
  "$stet" stream --plugin "$work/$1" <"$here/documents.ndjson"
  "$stet" plugin untrust "$work/$1" >/dev/null
}

# same NAME PLUGIN: what it says, against what the first one said.
same() {
  said "$2" >"$work/$2.said"
  if ! diff "$work/expected" "$work/$2.said" >"$work/differences"; then
    echo "$1: says something else:"
    head -n 6 "$work/differences" | cut -c 1-500
    exit 1
  fi
  echo "$1: the same"
}

refused() {
  echo "$1: $2"
  exit 1
}
