// In which order objects lie in packs, and which one another is to be a delta of.
//
// The newest version of a thing is whole and each older one a delta of the next newer, with these exceptions:
//   - The newest text of an article is a delta of the newest document, which it was taken from.
//   - Signatures are deltas of one of them: they are random but for their frame.
//   - The newest report of an article is a delta of another article's: what they share, the names of the
//     checks and their digests, is half of it.
// At most 64 of these have one base, so that what is damaged takes few others along, and at most 50 deltas
// follow each other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "history.hpp"

namespace stet {

// Objects by place, the newest of one place first. An article's are next to each other: folders, documents,
// texts, reports, signatures. `objects` must outlive this.
class PackOrder {
 public:
  using Object = ReachedObjects::Object;
  explicit PackOrder(const ReachedObjects& objects);

  size_t size() const { return numbers_.size(); }
  const Object& at(size_t i) const { return all_[numbers_[i]]; }
  PlaceKind kind(size_t i) const;  // `other` for what is no file

  bool begins_place(size_t i) const { return i == 0 || at(i - 1).place != at(i).place; }
  bool begins_article(size_t i) const;

 private:
  const std::vector<Object>& all_;
  std::vector<uint32_t> numbers_;
};

// Numbers are those of the order. A base comes before what is a delta of it.
class DeltaBases {
 public:
  explicit DeltaBases(const PackOrder& order) : order_(order) {}

  // For the first object, the second, and so on: a base as if all were in one pack.
  std::optional<size_t> next();
  // For an object that cannot have that base because its pack begins with the object `begin`. Asked in their
  // order, after any number of calls of next().
  std::optional<size_t> in_pack(size_t object, size_t begin);

 private:
  const PackOrder& order_;
  size_t next_ = 0, newest_ = 0;           // of the place at hand
  std::optional<size_t> newest_document_;  // of the article at hand
  struct Shared {
    std::optional<size_t> base;
    size_t deltas = 0;  // of it
  };
  struct SharedBases {
    Shared report, signature;
  };
  std::optional<size_t> shared(SharedBases& bases, size_t object, size_t begin) const;

  SharedBases as_if_one_pack_, in_this_pack_;
};

}  // namespace stet
