# Plugins built with a header of another time: older ones, whose structs end sooner, and a newer one, whose
# structs go on and whose host can do more.
. "$(dirname "$0")/shared.sh"

# header NAME SCRIPT: a copy of the SDK's header, changed by sed, which must change it.
header() {
  mkdir -p "$work/$1/stet"
  sed -E "$2" "$sdk/stet/plugin.h" >"$work/$1/stet/plugin.h"
  if cmp -s "$sdk/stet/plugin.h" "$work/$1/stet/plugin.h"; then refused "$1" "the header stayed as it was"; fi
}

# sizes NAME [FLAG]: of finding, fact, node, document, plugin, host with that header.
sizes() {
  printf '#include <stet/plugin.h>\n#include <stdio.h>\nint main(void) { printf("%%zu %%zu %%zu %%zu %%zu %%zu", sizeof(stet_finding), sizeof(stet_fact), sizeof(stet_node), sizeof(stet_document), sizeof(stet_plugin), sizeof(stet_host)); }\n' >"$work/sizes.c"
  gcc -I "$1" "$work/sizes.c" -o "$work/sizes"
  "$work/sizes"
}

plain() {
  build "$1.so" "$here/plain.json" gcc -std=c11 -Wall -Wextra -Werror -I "$work/$1" $2 "$here/plain.c"
  same "$1 ($(sizes "$work/$1") bytes)" "$1.so"
}

echo "finding, fact, node, document, plugin, host: $(sizes "$sdk") bytes"
build now.so "$here/plain.json" gcc -std=c11 -Wall -Wextra -Werror -I "$sdk" "$here/plain.c"
said now.so >"$work/expected"
grep -q 'Node 1 of kind 5' "$work/expected" || refused now "says nothing of nodes"

finding='/^  stet_text evidence;/,/^  stet_text fix_text;/d'
header older-node '/^  stet_text value; .*link: its target/d'
header older-document '/^  stet_text metadata; /,/\*\/$/d'
header older-finding "$finding"
plain older-node ""
plain older-document ""
plain older-finding ""

header newer '
  s/^  stet_text fix_text;/&\n  stet_text advice;\n  uint32_t confidence;/
  s/^  stet_text fields; .*/&\n  uint32_t confidence;/
  s/^  stet_text value; .*/&\n  stet_text note;/
  s/^  stet_text metadata; /  stet_text metadata;\n  stet_text language; /
  s/^  void \(\*destroy\).*/&\n  void (*later)(void* instance);/
  s/^  const void\* \(\*service\).*/&\n  int (*suggest)(void* self, stet_text word);/'
plain newer -DNEWER

# Another ABI: said by the code, or by the manifest already.
header abi-2 's/(STET_ABI_VERSION) 1u/\1 2u/'
build abi-2.so "$here/plain.json" gcc -I "$work/abi-2" "$here/plain.c"
said abi-2.so | grep -q '"outcome":"failed","reason":"needs plugin ABI 2, this stet has 1"' ||
  refused "ABI 2 in the code" "is not refused"
sed 's/"abi": 1/"abi": 2/' "$here/plain.json" >"$work/abi-2.json"
build manifest-2.so "$work/abi-2.json" gcc -I "$work/abi-2" "$here/plain.c"
"$stet" plugin trust "$work/manifest-2.so" 2>"$work/error" && refused "ABI 2 in the manifest" "is not refused"
grep -q 'manifest-2.so: manifest: needs plugin ABI 2, this stet has 1' "$work/error" ||
  refused "ABI 2 in the manifest" "$(cat "$work/error")"
echo "ABI 2: refused, naming both"
