#!/bin/sh
# sh tests/bench/quotes.sh [POLNEAR_GIT_DIRECTORY]
#
# How well org.stet.quote-attribution finds quotations and their speakers, and how fast, on the development half of
# PolNeAR (the public repository networkdynamics/PolNeAR, cloned by whoever measures; its texts belong to their
# publishers). Beside it the floor: matching marks and the nearest name. POLNEAR may name the git directory
# instead, SHARED the folder of the scorers, PROGRAM a stet that is built already.
set -eu
cd "$(dirname "$0")/../.."
shared=${SHARED:-../shared}
corpus=${1:-${POLNEAR:-}}
if [ ! -f "$shared/tools/eval_quotes.py" ]; then
  echo "quotes.sh: skipped: there is no $shared/tools/eval_quotes.py" >&2
  exit 0
fi
if [ ! -d "$corpus" ]; then
  echo "quotes.sh: skipped: give the git directory of PolNeAR as the argument or as POLNEAR" >&2
  exit 0
fi
program=${PROGRAM:-build/stet}
if [ -z "${PROGRAM:-}" ]; then
  . host/setup.sh
  install $packages_build
  build release build
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The plugin alone beside the program, and the program without any: the difference is the plugin's own time.
mkdir -p "$work/with/plugins" "$work/without"
cp "$program" "$work/with/stet"
cp "$program" "$work/without/stet"
cp "$(dirname "$program")/plugins/quote_attribution.so" "$work/with/plugins/"

python3 "$shared/tools/polnear_to_jsonl.py" "$corpus" "$work/gold.jsonl" >&2
python3 "$shared/tools/stream_to_eval.py" --input "$work/gold.jsonl" >"$work/input.ndjson"
"$work/with/stet" stream <"$work/input.ndjson" >"$work/results.ndjson"
python3 "$shared/tools/stream_to_eval.py" "$work/gold.jsonl" "$work/results.ndjson" "$work/stet.jsonl"
python3 tests/bench/quotes_predict.py floor "$work/gold.jsonl" >"$work/floor.jsonl"
for who in stet floor; do
  for mixed in ignore count; do
    echo "$who, mixed quotations: $mixed"
    python3 "$shared/tools/eval_quotes.py" "$work/gold.jsonl" "$work/$who.jsonl" --mixed "$mixed"
  done
done
python3 tests/bench/quotes_predict.py speed "$work/input.ndjson" "$work/with/stet" "$work/without/stet"
