#!/bin/sh
# git.sh STET FOLDER: stock git reads a ledger: it passes fsck, clones without the private key, and the clone holds
# the document's bytes under the blob id that the report names.
set -eu
stet=$1
rm -rf "$2"
mkdir -p "$2"
cd "$2"
HOME=$PWD STET_TRUST=$PWD/trusted
export HOME STET_TRUST

fail() {
  echo "FAIL: $1"
  exit 1
}

printf 'Talks resume\nThe mayor, Ana Ruiz, said “we go on” on Monday.\n' >a.txt
"$stet" init L >/dev/null
"$stet" record a.txt --ledger L --article talks --fail-on never >/dev/null
git -C L fsck --strict --no-progress || fail "git fsck complains"
git clone -q L clone
if find clone -type f -exec grep -l 'PRIVATE KEY' {} + | grep -q .; then fail "a clone holds the private key"; fi
stored=$(cd clone && git ls-files | grep '/r00001$')
cmp -s a.txt "clone/$stored" || fail "the clone's document differs from the article"
blob=$("$stet" report talks --format json --ledger L | jq -r '.subject[0].digest.gitBlob')
[ "$(git -C clone rev-parse "HEAD:$stored")" = "$blob" ] || fail "the git blob id is another"
echo "git agrees"
