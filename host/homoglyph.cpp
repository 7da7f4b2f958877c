#include "homoglyph.hpp"

#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "free_with.hpp"

namespace stet {
namespace {

using Checker = std::unique_ptr<USpoofChecker, FreeWith<uspoof_close>>;

std::string skeleton(std::string_view id) {
  UErrorCode status = U_ZERO_ERROR;
  static const Checker checker(uspoof_open(&status));
  std::string out(id.size() * 4 + 16, '\0');
  for (;;) {
    if (U_FAILURE(status) || !checker)
      throw std::runtime_error("ICU has no data on characters that look alike");
    const int32_t size = uspoof_getSkeletonUTF8(checker.get(), 0, id.data(), static_cast<int32_t>(id.size()),
                                                out.data(), static_cast<int32_t>(out.size()), &status);
    const bool fits = status != U_BUFFER_OVERFLOW_ERROR;
    if (!fits) status = U_ZERO_ERROR;
    if (U_FAILURE(status)) throw std::runtime_error("\"" + std::string(id) + "\" has no skeleton: not UTF-8");
    out.resize(static_cast<size_t>(size));
    if (fits) return out;
  }
}

std::string outside_ascii(std::string_view id) {
  std::string rest;
  std::copy_if(id.begin(), id.end(), std::back_inserter(rest), [](char c) { return (c & 0x80) != 0; });
  return rest;
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

bool look_alike(std::string_view a, std::string_view b) {
  return outside_ascii(a) != outside_ascii(b) && skeleton(a) == skeleton(b);
}

LookAlikes::LookAlikes(const std::vector<std::string>& ids) {
  by_skeleton_.reserve(ids.size());
  for (const auto& id : ids) add(id);
}

void LookAlikes::add(const std::string& id) {
  by_skeleton_.emplace(skeleton(id), id);
}

std::optional<std::string> LookAlikes::of(const std::string& id) const {
  if (is_ascii(id)) return std::nullopt;
  const auto [first, last] = by_skeleton_.equal_range(skeleton(id));
  const auto found = std::find_if(
      first, last, [&](const auto& known) { return outside_ascii(known.second) != outside_ascii(id); });
  return found == last ? std::nullopt : std::optional(found->second);
}

void demand_distinct(const std::string& id, const LookAlikes& known) {
  if (const auto other = known.of(id))
    throw std::runtime_error("the article id \"" + id + "\" looks like \"" + *other +
                             "\", which the ledger has, and is another; --force records it all the same");
}

}  // namespace stet
