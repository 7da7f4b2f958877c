#!/bin/sh
# schema.sh STET FOLDER: every report that stet writes satisfies report.schema.json, by a stock validator,
# and the schema refuses what it should.
set -eu
stet=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$2"
mkdir -p "$2"
cd "$2"
HOME=$PWD STET_TRUST=$PWD/trusted
export HOME STET_TRUST
hostile=$(dirname "$stet")/hostile
for plugin in segfault throws loops; do "$stet" plugin trust "$hostile/$plugin.so" >/dev/null; done
"$stet" init L >/dev/null
"$stet" record "$source"/fixtures/articles/*.md "$source"/fixtures/articles/*.txt --ledger L --fail-on never >/dev/null
sed 's/the/a/' "$source/fixtures/articles/ferry-inquiry.txt" >ferry-inquiry.txt
"$stet" record ferry-inquiry.txt --ledger L --fail-on never >/dev/null
for article in $("$stet" log --ledger L | cut -d' ' -f1); do
  "$stet" report "$article" --format json --ledger L >"$article.json"
done
/usr/bin/python3 - "$source/host/report.schema.json" *.json <<'PYTHON'
import copy, json, sys
from jsonschema import Draft202012Validator

schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
reports = [json.load(open(name)) for name in sys.argv[2:]]
assert len(reports) >= 4, "too few reports to mean anything"
outcomes = set()
for name, report in zip(sys.argv[2:], reports):
    errors = [e.json_path + ": " + e.message for e in validator.iter_errors(report)]
    assert not errors, (name, errors[:3])
    outcomes |= {p["outcome"] for p in report["predicate"]["plugins"]}
assert {"checked", "failed", "crashed", "timed out"} <= outcomes, outcomes


def refused(change):
    bad = copy.deepcopy(reports[0])
    change(bad)
    return not validator.is_valid(bad)


assert refused(lambda r: r.pop("subject"))
assert refused(lambda r: r["predicate"].update(extra=1))
assert refused(lambda r: r["predicate"]["article"].update(revision=0))
assert refused(lambda r: r["predicate"].update(observedAt="yesterday"))
assert refused(lambda r: r["predicate"]["plugins"][0].update(outcome="crashed"))  # and no reason
assert refused(lambda r: r["predicate"]["document"].update(sha256="AB"))
print(len(reports), "reports are valid")
PYTHON
