#!/bin/sh
# path.sh PREFIX FOLDER: the way of a stranger's plugin, from a freshly installed stet to a finding, and what
# must not work on that way.
set -eu
prefix=$1
rm -rf "$2"
mkdir -p "$2"
cd "$2"
PATH="$prefix/bin:$PATH" CMAKE_PREFIX_PATH=$prefix HOME=$PWD STET_TRUST=$PWD/trusted NO_COLOR=1
export PATH CMAKE_PREFIX_PATH HOME STET_TRUST NO_COLOR

fail() {
  echo "FAIL: $1"
  exit 1
}
# says WORDS COMMAND...: it exits with 0 and prints the words. refuses: it does not exit with 0, and prints them.
says() { said 0 "$@"; }
refuses() { said 1 "$@"; }
said() {
  wanted=$1 words=$2
  shift 2
  code=0
  "$@" >out 2>&1 || code=1
  [ $code = "$wanted" ] && grep -qF -e "$words" out || { cat out; fail "\"$words\" from: $*"; }
}
digest() { openssl dgst -sha256 -r "$1" | cut -d' ' -f1; }

# What is no id, and what is no place.
refuses 'capital letter' stet plugin new org.example.Bait p
refuses 'no dot' stet plugin new bait p
refuses 'none of a-z' stet plugin new 'org.example."bait"' p
refuses 'none of a-z' stet plugin new 'org.example/../bait' p
[ ! -e p ] || fail 'something was left behind'

# Made, built with warnings as errors, tested.
says 'cmake -B build' stet plugin new org.example.2-no-clickbait p
refuses 'not empty' stet plugin new org.example.other p
cd p
says 'Generating done' cmake -B build -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS='-Werror -pedantic'
says 'no_clickbait' cmake --build build
says '100% tests passed' ctest --test-dir build
plugin=build/2_no_clickbait.so

# A case that does not hold is shown in its line and can be accepted.
printf 'The ferry is late!\n\nIt left at noon.\n' >cases/late.txt
: >cases/late.findings
refuses '                         ^' stet plugin test $plugin cases
refuses 'stet plugin test build/2_no_clickbait.so cases --bless' stet plugin test $plugin cases
says '1 expectation written' stet plugin test $plugin cases --bless
says '5 of 5 cases' stet plugin test $plugin cases
says '"holds": true' stet plugin test $plugin cases --format json

# Trusted, it speaks; the same id from another file is refused, and so is one that ships with stet.
cp cases/late.txt late.txt
refuses 'is not trusted' stet check late.txt --plugin $plugin
says '(not trusted)' stet plugin info $plugin
says 'title-ending (warning)' stet plugin trust $plugin
says 'late.txt:1:18: warning: The title ends in "!"' stet check late.txt
says 'nothing found' stet check cases/statement.txt
mkdir 2-no-clickbait
says 'default ["?","!"]' stet plugin info 2-no-clickbait
refuses 'did you mean "endings"?' stet check late.txt --option 2-no-clickbait.ending=x
cp $plugin other.so
refuses 'is trusted as org.example.2-no-clickbait already' stet plugin trust other.so
cp "$(stet plugin list --format json | jq -r '.[0].file')" ours.so
printf x >>ours.so
refuses 'ships with stet' stet plugin trust ours.so

# One byte swapped: refused, with both digests.
before=$(digest $plugin)
last=$(($(wc -c <$plugin) - 1))
[ "$(tail -c 1 $plugin | od -An -tx1)" = ' 5a' ] && byte=Y || byte=Z
printf $byte | dd of=$plugin bs=1 seek=$last conv=notrunc 2>/dev/null
after=$(digest $plugin)
[ "$before" != "$after" ] || fail 'no byte was swapped'
for place in "stet check late.txt" "stet plugin list" "stet plugin info $plugin"; do
  $place >out 2>&1 || true
  tr -d '\n ' <out >flat
  grep -q "$before" flat && grep -q "$after" flat || { cat out; fail "both digests from: $place"; }
done
grep -q '(changed)' out || fail 'info does not say that it changed'
says 'no longer trusted' stet plugin untrust org.example.2-no-clickbait

# A manifest that stet would refuse stops the build; so do a missing objcopy and another major version.
cp manifest.json right.json
sed 's/"severity"/"severty"/' right.json >manifest.json
refuses 'unknown member "checks[0].severty"' cmake --build build
cp right.json manifest.json
refuses 'install binutils' cmake -B build-bare -DCMAKE_OBJCOPY=
sed -i 's/find_package(stet [0-9.]*/find_package(stet 99/' CMakeLists.txt
refuses 'requested version "99"' cmake -B build-later

# A prefix can be moved.
cp -r "$prefix" ../moved
PATH="$PWD/../moved/bin:$PATH"
says moved/lib sh -c 'stet plugin list --format json'
says 'made org.example.moved' stet plugin new org.example.moved ../of-moved
echo "a stranger's plugin was made, built, tested, trusted and run; altered, it was refused"
