#!/bin/sh
# run.sh STET TRANSCRIPT: a transcript holds lines "$ command", the lines that it prints (stdout and stderr
# together), and, when it does not exit with 0, "[exit N]". Each transcript runs in an empty folder, with the
# sources' tree as $SOURCE; digests, times and the folder's name are masked before comparing.
# STET_BLESS=1 rewrites the transcript instead.
set -u
export BUILD="$(cd "$(dirname "$1")" && pwd)" SOURCE="$(cd "$(dirname "$2")/../.." && pwd)"
export PATH="$BUILD:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1
transcript=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_STATE_HOME="$work/home/state" STET_TRUST="$work/home/trusted"
mkdir -p "$work/home" "$work/here"
cd "$work/here" || exit 2

mask() {
  sed -E -e "s|$work/here|HERE|g; s|$SOURCE|SOURCE|g; s|$BUILD|BUILD|g; s|$work/home|HOME|g" \
    -e 's/(packs?) \([0-9]+ bytes\)/\1 (N bytes)/; s/[0-9a-f]{64}/<sha256>/g; s/SHA256:[A-Za-z0-9+\/]{43}/SHA256:<key>/g' \
    -e 's/\+[0-9a-f]{8}\+[AB][A-Za-z0-9+\/]{43}/+<vkey>/g; s/^(— [^ ]+) [A-Za-z0-9+\/=]{92,104}$/\1 <signature>/' \
    -e 's/\b20(2[6-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/<now>/g' \
    -e 's/  [0-9a-f]{12}  /  <digest>  /g'
}

grep -v '^#' "$transcript" | grep '^\$ ' | sed 's/^\$ //' >"$work/commands"
grep '^#' "$transcript" >"$work/found"
# What the machine itself lacks is no part of what is tested, unless a transcript takes it away.
confined='^stet: plugins were not fully confined'
while IFS= read -r command; do
  printf '$ %s\n' "$command" >>"$work/found"
  sh -c "$command" >"$work/out" 2>&1 </dev/null
  code=$?
  case $command in
    *without*) mask <"$work/out" ;;
    *) mask <"$work/out" | grep -v "$confined" ;;
  esac >>"$work/found"
  [ $code = 0 ] || echo "[exit $code]" >>"$work/found"
done <"$work/commands"

if [ -n "${STET_BLESS:-}" ]; then
  cp "$work/found" "$transcript"
else
  diff -u "$transcript" "$work/found"
fi
