#!/bin/sh
# dsse.sh STET FOLDER: the envelope of a report verifies with openssl and jq alone, covers the document,
# and names its key as ssh-keygen does; and nothing altered verifies. If STET_INTEROP_NPM (default:
# ../shared/interop/npm) holds an installed @sigstore/verify, that must agree.
set -eu
stet=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
for tool in jq openssl ssh-keygen; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
rm -rf "$2"
mkdir -p "$2"
cd "$2"
HOME=$PWD STET_TRUST=$PWD/trusted
export HOME STET_TRUST

# verifies ENVELOPE KEY [DOCUMENT]: what a stranger does, from the DSSE and in-toto specifications.
verifies() {
  [ "$(jq -r .payloadType "$1")" = application/vnd.in-toto+json ] || return 1
  jq -r .payload "$1" | base64 -d >payload || return 1
  { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c <payload)" && cat payload; } >signed
  jq -r '.signatures[0].sig // ""' "$1" | base64 -d >signature || return 1
  openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in signed -sigfile signature >/dev/null 2>&1 || return 1
  [ $# -lt 3 ] && return 0
  digest=$(openssl dgst -sha256 -r "$3" | cut -d' ' -f1)
  jq -e --arg digest "$digest" '.subject[0].digest.sha256 == $digest' payload >/dev/null
}

fail() {
  echo "FAIL: $1"
  exit 1
}

must() { verifies "$@" || fail "does not verify: $*"; }
must_not() { ! verifies "$@" || fail "verifies: $*"; }

printf 'Ferry runs again\n\nThe harbour office said “We sail at noon” on 3 March 2031.\n' >ferry.txt
printf 'Ferry runs again\n\nThe harbour office said “We sail at night” on 3 March 2031.\n' >other.txt
"$stet" init L >/dev/null
"$stet" record ferry.txt --ledger L --fail-on never >/dev/null
"$stet" report ferry --ledger L --format dsse >envelope.json
"$stet" key show --ledger L >key.pem
openssl genpkey -algorithm ed25519 2>/dev/null | openssl pkey -pubout >other.pem

must envelope.json key.pem ferry.txt
must_not envelope.json key.pem other.txt
must_not envelope.json other.pem
[ "$(openssl dgst -sha256 -r payload)" = "$("$stet" report ferry --ledger L --format json | openssl dgst -sha256 -r |
  sed 's/\*stdin/*payload/')" ] || fail "the payload is not the report"

# An altered payload, signature, type, and no signature at all.
jq -r .payload envelope.json | base64 -d | sed 's/ferry/fairy/' >altered
cmp -s altered payload && fail "nothing was altered"
jq -c --arg payload "$(base64 -w0 altered)" '.payload = $payload' envelope.json >payload.json
must_not payload.json key.pem
jq -c '.signatures[0].sig |= ((if startswith("A") then "B" else "A" end) + .[1:])' envelope.json >signature.json
must_not signature.json key.pem
jq -c '.payloadType = "application/json"' envelope.json >type.json
must_not type.json key.pem
jq -c '.signatures = []' envelope.json >unsigned.json
must_not unsigned.json key.pem

# keyid: from the envelope, from stet, and as OpenSSH computes it from the same 32 bytes.
keyid=$(jq -r '.signatures[0].keyid' envelope.json)
wire=$({ printf '\0\0\0\013ssh-ed25519\0\0\0\040' && openssl pkey -pubin -in key.pem -outform DER | tail -c 32; } | base64 -w0)
echo "ssh-ed25519 $wire" >key.pub
[ "$(ssh-keygen -lf key.pub | cut -d' ' -f2)" = "$keyid" ] || fail "keyid is not the SSH fingerprint"
[ "$("$stet" key show --ledger L --id)" = "$keyid" ] || fail "stet key show --id differs"
[ "$("$stet" key show --ledger L --ssh | cut -d' ' -f1,2)" = "ssh-ed25519 $wire" ] || fail "stet key show --ssh differs"

npm=${STET_INTEROP_NPM:-$source/../shared/interop/npm}
if [ -d "$npm/node_modules" ] && command -v node >/dev/null; then
  node "$npm/verify-dsse.mjs" envelope.json key.pem
  for bad in payload signature type unsigned; do
    ! node "$npm/verify-dsse.mjs" $bad.json key.pem >/dev/null 2>&1 || fail "@sigstore/verify accepts $bad.json"
  done
else
  echo "not asked: @sigstore/verify (not installed in $npm)"
fi
echo "the envelope verifies by openssl and jq; key $keyid"
