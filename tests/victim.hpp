// Every attack that we can think of, done to a ledger, and what says that it was done. Each test of this kind
// prints its part of the table.
#pragma once

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "good_signatures.hpp"
#include "newsroom.hpp"
#include "signed_by.hpp"
#include "timestamp.hpp"

namespace stet::testing {

// The line of `found` that holds `expected`, for the table; the attack must have been noticed so.
inline void noticed(const std::string& attack, const std::string& found, const std::string& expected) {
  INFO(attack << ", found:\n" << found);
  const size_t at = found.find(expected);
  CHECK(at != found.npos);
  if (at == found.npos) return;
  const size_t begin = found.rfind('\n', at) + 1;
  std::printf("%-44s %s\n", attack.c_str(), found.substr(begin, found.find('\n', at) - begin).c_str());
}

// A ledger that is attacked on copies of it, so that each attack finds it whole.
struct Victim : Newsroom {
  Victim() {
    record_all();
    kept = checkpoint();
  }

  std::filesystem::path copy() {
    const auto folder = scratch / ("copy" + std::to_string(++copies));
    std::filesystem::copy(this->folder(), folder, std::filesystem::copy_options::recursive);
    return folder;
  }

  std::string kept;  // a checkpoint of all five revisions, in somebody's drawer
  int copies = 0;
};

// Whoever verified the ledger before, with what there was of it then, is told the same.
inline std::string problems(const std::filesystem::path& folder,
                            const std::optional<std::string>& against = {}) {
  static const Scratch home;
  VerifyOptions options{{}, against};
  const auto found = listed(verify(Ledger::open(folder), options));
  for (int again = 0; again < 2; ++again) {
    GoodSignatures good(home / "good");
    options.good_signatures = &good;
    CHECK(listed(verify(Ledger::open(folder), options)) == found);
    good.save();
  }
  return found;
}

inline std::string refused(const std::function<void()>& act) try {
  act();
  return "nothing was refused";
} catch (const std::exception& e) {
  return e.what();
}

// Records what `bend` makes of an honest report, with the keys of the ledger: what a thief of both can do.
inline void record_bent(Newsroom& room, const std::string& article,
                        const std::function<void(nlohmann::json&)>& bend,
                        const PrivateKey* committer = nullptr) {
  const std::string bytes = Newsroom::words(article, 1), time = "2025-11-24T10:00:00Z";
  nlohmann::json about = statement(read_document("in.txt", bytes, Format::text),
                                   {article, 1, {}, time, time, {}, {}, nlohmann::json::array()});
  bend(about);
  Entry entry{article, 1, bytes, {}, canonical(about), ""};
  entry.signatures = signed_by(room.key, entry.report);
  const auto locked = room.ledger.lock();
  const auto leaf = leaf_of(entry);
  commit_revisions(room.ledger, room.signers(committer ? *committer : room.key), {entry}, {&leaf, 1}, article,
                   now());
}

inline const std::string alder2 = entry_path("alder", 2, ""), birch2 = entry_path("birch", 2, "");

}  // namespace stet::testing
