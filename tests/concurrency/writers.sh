#!/bin/sh
# writers.sh STET FOLDER [REVISIONS]
#
# Four processes record into one ledger at once, REVISIONS each (40 unless told), every other one of an article that
# all of them share: two with `stet record`, two with `stet import`; one of each kind is killed half-way, and begun
# again. Every revision that a process acknowledged must be there, the ledger must verify, and no lock may be left
# that stops the next writer. Prints a table.
set -eu
stet=$1 each=${3:-40}
rm -rf "$2"
mkdir -p "$2"
cd "$2"
HOME=$PWD STET_TRUST=$PWD/trusted
export HOME STET_TRUST
seen=2026-01-01T00:00:00Z  # all at one time, so that none comes late
slice=$((each / 10))       # rows of one import: a process acknowledges them together
half=$((each / 2))

fail() {
  echo "FAIL: $1"
  exit 1
}

# The N-th text of a writer, and the article it belongs to.
text() { printf 'Talks resume\n\nWriter %s, revision %s of them.\n' "$1" "$2"; }
article() { if [ $(($2 % 2)) = 0 ]; then echo shared; else echo "own-$1-$(($2 % 10))"; fi; }

prepare() {
  mkdir "$1"
  n=1
  while [ $n -le "$each" ]; do
    text "$1" $n >"$1/$n.txt"
    printf '{"id":"%s","observed":"%s","text":"Talks resume\\n\\nWriter %s, revision %s of them.\\n"}\n' \
      "$(article "$1" $n)" $seen "$1" $n >>"$1/rows-$(((n - 1) / slice)).jsonl"
    n=$((n + 1))
  done
}

# A process for each revision from $2 on; a line in "acknowledged" for each that says it is done.
record_one() {
  "$stet" record "$1/$2.txt" --ledger L --article "$(article "$1" "$2")" --observed $seen --in-process \
    >"$1/out" 2>>"$1/errors"
}

import_one() { "$stet" import "$1/rows-$2.jsonl" --ledger L --in-process >"$1/out" 2>>"$1/errors"; }

# The revisions that one of these brings.
of_record() { echo "$2"; }
of_import() { sed -n 's/.*revision \([0-9]*\) of them.*/\1/p' "$1/rows-$2.jsonl"; }

# writes KIND WRITER FIRST LAST: one process after the other, and a line in "acknowledged" for each revision that is
# said to be done.
writes() {
  n=$3
  while [ $n -le "$4" ]; do
    "$1_one" "$2" $n || fail "$2: $1 exits with $?: $(cat "$2/errors")"
    "of_$1" "$2" $n >>"$2/acknowledged"
    n=$((n + 1))
  done
}

# The same until one is killed on its way, which is the first but for one that was done sooner.
writes_until_killed() {
  n=$3
  while [ $n -le "$4" ]; do
    "$1_one" "$2" $n &
    sleep 0.015
    kill -9 $(cat "/proc/$!/task/$!/children" 2>/dev/null) 2>/dev/null || true
    status=0
    wait $! || status=$?
    [ $status != 137 ] || return 0
    [ $status = 0 ] || fail "$2: $1 exits with $status: $(cat "$2/errors")"
    "of_$1" "$2" $n >>"$2/acknowledged"
    n=$((n + 1))
  done
  fail "$2 ended before it was killed"
}

killed_half_way() { writes "$1" "$2" "$3" "$4" && writes_until_killed "$1" "$2" $(($4 + 1)) "$5"; }

acknowledged() { if [ -f "$1/acknowledged" ]; then sort -u "$1/acknowledged" | wc -l; else echo 0; fi; }

"$stet" init L --origin desk.example >/dev/null
for writer in record import record-killed import-killed; do prepare $writer; done
start=$(date +%s%N)
writes record record 1 "$each" &
record=$!
writes import import 0 9 &
import=$!
killed_half_way record record-killed 1 $half "$each" &
killed_1=$!
killed_half_way import import-killed 0 4 9 &
killed_2=$!
wait $killed_1 || exit 1
wait $killed_2 || exit 1
before_1=$(acknowledged record-killed) before_2=$(acknowledged import-killed)
wait $record || fail "the record that nobody killed has failed"
wait $import || fail "the import that nobody killed has failed"
timeout 60 sh -c "flock -w 50 L/stet.lock true" || fail "a lock is left"
[ ! -e L/refs/heads/main.lock ] || "$stet" record record/1.txt --ledger L --article next --in-process >/dev/null ||
  fail "the next writer is stopped"

# present WRITER: how many of what it acknowledged the ledger holds.
git --git-dir L archive main articles | tar -xO --wildcards '*/r[0-9][0-9][0-9][0-9][0-9]' >documents
present() {
  sed -n "s/^Writer $1, revision \([0-9]*\) of them.*/\1/p" documents | sort >"$1/present"
  [ -z "$(uniq -d "$1/present")" ] || fail "$1: recorded twice: $(uniq -d "$1/present")"
  sort "$1/acknowledged" | comm -12 - "$1/present" | wc -l
}
echo "writer         acknowledged  of these in the ledger"
for writer in record import record-killed import-killed; do
  got=$(present $writer)
  printf '%-14s %12d %23d\n' $writer "$(acknowledged $writer)" "$got"
  [ "$got" = "$(acknowledged $writer)" ] || fail "$writer: an acknowledged revision is lost"
done
"$stet" verify L >verified || fail "the ledger does not verify: $(cat verified)"
git --git-dir L fsck --strict --no-dangling --no-progress || fail "git fsck complains"

# The killed ones go on.
writes record record-killed $((before_1 + 1)) "$each"
writes import import-killed 0 9
"$stet" verify L >verified || fail "the ledger does not verify: $(cat verified)"
git --git-dir L archive main articles | tar -xO --wildcards '*/r[0-9][0-9][0-9][0-9][0-9]' >documents
[ "$(grep -c '^Writer ' documents)" -ge $((4 * each)) ] || fail "revisions are missing in the end"
[ "$(grep '^Writer ' documents | sort -u | wc -l)" = $((4 * each)) ] || fail "revisions are missing in the end"
echo "all $((4 * each)) revisions are there, $(($(date +%s%N) / 1000000 - start / 1000000)) ms; the killed had acknowledged $before_1 and $before_2"
