#!/bin/sh
# stock-tools.sh STET FOLDER: openssl, jq, git and ssh-keygen alone agree with what stet wrote, and see what was altered.
set -eu
stet=$1
rm -rf "$2"
mkdir -p "$2"
cd "$2"
HOME=$PWD STET_TRUST=$PWD/trusted
export HOME STET_TRUST
printf 'Talks resume\nThe mayor, Ana Ruiz, said “we go on” on Monday.\n' >a.txt
"$stet" init L >/dev/null
"$stet" record a.txt --ledger L --article talks --fail-on never >/dev/null
"$stet" key show --ledger L >signer.pem
"$stet" report talks --format dsse --ledger L >envelope.json
"$stet" report talks --format json --ledger L >report.json

# verify ENVELOPE: the signature by the pre-authentication encoding, and the digest of the article.
verify() {
  jq -rj .payload "$1" | base64 -d >payload
  jq -rj '.signatures[0].sig' "$1" | base64 -d >signature
  { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c <payload)"; cat payload; } >signed
  openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in signed -sigfile signature >/dev/null 2>&1 &&
    [ "$(jq -r '.subject[0].digest.sha256' payload)" = "$(sha256sum <a.txt | cut -c1-64)" ]
}
fail() {
  echo "FAIL: $1"
  exit 1
}

verify envelope.json || fail "openssl refuses the envelope"
cmp -s payload report.json || fail "the envelope's payload is not the report"
[ "$(jq -r '.subject[0].digest.gitBlob' payload)" = "$(git hash-object a.txt)" ] || fail "the git blob id is another"

jq -c '.payload |= (@base64d | sub("talks@1"; "talks@2") | @base64)' envelope.json >altered.json
if verify altered.json; then fail "an altered payload verifies"; fi
jq -c '.signatures[0].sig |= (.[0:20] + (if .[20:21] == "A" then "B" else "A" end) + .[21:])' envelope.json >altered.json
if verify altered.json; then fail "an altered signature verifies"; fi
printf ' ' >>a.txt
if verify envelope.json; then fail "an altered article verifies"; fi

"$stet" key show --ssh --ledger L >signer.pub
[ "$(ssh-keygen -lf signer.pub | cut -d' ' -f2)" = "$(jq -r '.signatures[0].keyid' envelope.json)" ] ||
  fail "the keyid is not the SSH fingerprint"

git -C L fsck --strict --no-progress || fail "git fsck complains"
git clone -q L clone
[ "$(git -C clone ls-files | grep -c signing-key)" = 0 ] || fail "a clone holds the private key"
echo "openssl, jq, git and ssh-keygen agree"
