#include "delta_bases.hpp"

#include <algorithm>
#include <numeric>

namespace stet {
namespace {

constexpr size_t longest_chain = 50;  // what git itself makes
constexpr size_t most_on_one_base = 64;

}  // namespace

PackOrder::PackOrder(const ReachedObjects& objects) : all_(objects.all()), numbers_(all_.size()) {
  std::iota(numbers_.begin(), numbers_.end(), 0u);
  std::sort(numbers_.begin(), numbers_.end(), [&](uint32_t a, uint32_t b) {
    return all_[a].place != all_[b].place ? all_[a].place < all_[b].place : a > b;
  });
}

PlaceKind PackOrder::kind(size_t i) const {
  return at(i).type == ObjectType::blob ? kind_of_place(at(i).place) : PlaceKind::other;
}

bool PackOrder::begins_article(size_t i) const {
  return i == 0 || at(i - 1).place >> article_bits != at(i).place >> article_bits;
}

std::optional<size_t> DeltaBases::next() {
  const size_t i = next_++;
  const auto type = order_.at(i).type;
  if (type == ObjectType::commit || type == ObjectType::tag) return std::nullopt;
  const auto kind = order_.kind(i);
  if (order_.begins_article(i)) newest_document_.reset();
  if (order_.begins_place(i)) {
    newest_ = i;
    if (kind == PlaceKind::document) newest_document_ = i;
  }
  const size_t version = i - newest_;
  if (kind == PlaceKind::text && version == 0 && newest_document_) return newest_document_;
  if (kind == PlaceKind::signature || version % longest_chain == 0) return shared(as_if_one_pack_, i, 0);
  return i - 1;
}

std::optional<size_t> DeltaBases::in_pack(size_t object, size_t begin) {
  return shared(in_this_pack_, object, begin);
}

// Where there is none in the pack, or enough are deltas of it, this one becomes it.
std::optional<size_t> DeltaBases::shared(SharedBases& bases, size_t object, size_t begin) const {
  const auto kind = order_.kind(object);
  if (kind != PlaceKind::report && kind != PlaceKind::signature) return std::nullopt;
  auto& shared = kind == PlaceKind::report ? bases.report : bases.signature;
  if (shared.base && *shared.base >= begin && shared.deltas++ < most_on_one_base) return shared.base;
  shared = {object};
  return std::nullopt;
}

}  // namespace stet
