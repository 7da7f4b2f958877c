// Whether packs are as they were written. Reading objects does not tell: nothing looks at a pack's header,
// its checksum and its index's checksums, or at bits that inflating skips.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace stet {

// Calls `found` for every pack or index in a repository's folder `objects` whose end is not the checksum of
// what stands before it, which cannot be read, or, an index, whose pack is another: with its path
// ("objects/pack/pack-... .idx") and a sentence about it. A file of a pair whose other half is not there
// is passed over: a killed writer may leave one, and what it held will be missed.
void check_packs(const std::filesystem::path& objects,
                 const std::function<void(const std::string& path, const std::string& fault)>& found);

}  // namespace stet
