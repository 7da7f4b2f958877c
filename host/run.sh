#!/bin/sh
# sh host/run.sh [ARTICLE...]
#
# Installs what is missing, builds stet, records the articles (default: those in fixtures/articles/) in a
# ledger under build/, prints the findings, writes an HTML report for each, and verifies the ledger.
# Run again with nothing changed it takes seconds.
set -eu

# Articles are named from where the user stands.
count=$#
while [ "$count" -gt 0 ]; do
  case $1 in /*) set -- "$@" "$1" ;; *) set -- "$@" "$PWD/$1" ;; esac
  shift
  count=$((count - 1))
done
cd "$(dirname "$0")/.."
. host/setup.sh
install $packages_build
build release build

stet=build/stet
ledger=build/demo.ledger
[ $# -gt 0 ] || set -- fixtures/articles/*.md fixtures/articles/*.txt
[ -d "$ledger" ] || $stet init "$ledger"
# An article that cannot be read does not keep the others' reports back.
status=0
$stet record "$@" --ledger "$ledger" --fail-on never || status=$?
echo
mkdir -p build/reports
$stet log --ledger "$ledger" | while read -r article rest; do
  $stet report "$article" --format html --ledger "$ledger" --output "build/reports/$article.html"
  echo "report: build/reports/$article.html"
done
echo
$stet verify "$ledger"
exit "$status"
