# sh unprivileged.sh STET: plugins of a user who is not root are confined just as root's are.
set -eu
if [ "$(id -u)" != 0 ] || ! command -v setpriv >/dev/null; then
  echo "needs root, and setpriv of util-linux, to become another user"
  exit 77
fi
build=$(dirname "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The build may lie where only root can look.
mkdir "$work/plugins"
cp "$1" "$work/stet"
cp "$build"/plugins/*.so "$work/plugins/"
cp "$build/hostile/acts.so" "$work/"
chmod -R a+rX,a+w "$work"
cd "$work"

stet() {
  setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$work" STET_TRUST="$work/trusted" ./stet "$@"
}
expect() {
  if [ "$1" != "$2" ]; then
    echo "expected: $1"
    echo "found:    $2"
    exit 1
  fi
}

words() { ./stet check --format json "$1" | grep -o '"confinement": "[^"]*"' | sort -u; }
printf 'well\n' >well.txt
as_root=$(STET_TRUST=$work/none words well.txt)
as_user=$(stet check --format json well.txt | grep -o '"confinement": "[^"]*"' | sort -u)
expect "$as_root" "$as_user"
expect "nothing found in well.txt (5 plugins checked it)" "$(stet check well.txt)"

case $as_user in
  *seccomp\"*) ;;
  *) echo "no seccomp here: hostile plugins are not tried"; exit 0 ;;
esac
stet plugin trust acts.so >/dev/null
for word in fork kill-host ptrace-host open-to-write socket; do
  printf '%s %d\n' "$word" $$ >act.txt
  case $word in
    fork) fate="forbidden: system call clone" ;;
    kill-host) fate="forbidden: system call kill" ;;
    ptrace-host) fate="forbidden: system call ptrace" ;;
    open-to-write) fate="failed: refused: Permission denied" ;;
    socket) fate="forbidden: system call socket" ;;
  esac
  found=$(stet check act.txt | grep -o 'org.stet.hostile.acts: [a-z]*: [^(]*' | sed 's/ *$//')
  expect "org.stet.hostile.acts: $fate" "$found"
done
