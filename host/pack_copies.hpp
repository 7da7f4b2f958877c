// Whether packs hold what their indexes say. A reader takes one copy of an object that packs hold twice, and
// another reader takes the other: whatever reads only one may be shown other bytes than git shows.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "pack_reader.hpp"

namespace stet {

// Calls `found` for each index ("objects/pack/pack-... .idx") whose ids are out of order, or that has one
// twice, or that gives an id which packs hold more than once to an object that is another or cannot be read.
// Reads nothing but such objects. Indexes that are damaged all over are passed over, as by PackReader.
void check_copies(const std::filesystem::path& objects, const std::shared_ptr<SharedLookups>& lookups,
                  const std::function<void(const std::string& path, const std::string& fault)>& found);

// The same for what stands in one place; nothing where it is what the id says.
std::optional<std::string> copy_fault(PackReader& packs, const PackReader::Copy& copy, const ObjectId& id,
                                      Sha1& sha1);

}  // namespace stet
