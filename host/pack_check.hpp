// Whether packs are as they were written. Reading objects does not tell: nothing looks at a pack's header,
// its checksum and its index's checksums, or at bits that inflating skips.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace stet {

// The packs in a repository's folder `objects` that have an index, sorted. A file of a pair whose other half
// is not there is passed over: a killed writer may leave one, and what it held will be missed.
std::vector<std::filesystem::path> packs_of(const std::filesystem::path& objects);

// Throws std::runtime_error naming one of them, or the folder that they are in, which this user may not read.
void demand_readable(const std::filesystem::path& objects);

// Calls `found` for the pack or its index if its end is not the checksum of what stands before it, if it
// cannot be read, or, the index, if its pack is another: with its path ("objects/pack/pack-... .idx") and a
// sentence about it. Returns how many bytes were looked at.
uint64_t check_pack(const std::filesystem::path& pack,
                    const std::function<void(const std::string& path, const std::string& fault)>& found);

}  // namespace stet
