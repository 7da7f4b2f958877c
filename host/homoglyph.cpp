#include "homoglyph.hpp"

#include <dlfcn.h>
#include <unicode/uspoof.h>
#include <unicode/uvernum.h>
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace stet {
namespace {

// The part of ICU that knows what looks alike. Loaded when the first id outside ASCII comes, not when the
// program starts: that takes a twentieth of the time to record an article, and few have such an id.
class LookAlikeData {
 public:
  LookAlikeData() {
    namespace dll = boost::dll;
    // Kept until the process ends, as the checker is: what ICU holds would else look lost to LeakSanitizer.
    const auto mode =
        dll::load_mode::search_system_folders | static_cast<dll::load_mode::type>(RTLD_NODELETE);
    std::error_code error;
    library_.load("libicui18n.so." U_ICU_VERSION_SHORT, error, mode);
    if (error) return;
    skeleton_ = library_.get<decltype(uspoof_getSkeletonUTF8)>("uspoof_getSkeletonUTF8_" U_ICU_VERSION_SHORT);
    UErrorCode status = U_ZERO_ERROR;
    checker_ = library_.get<decltype(uspoof_open)>("uspoof_open_" U_ICU_VERSION_SHORT)(&status);
    if (U_FAILURE(status)) checker_ = nullptr;
  }
  explicit operator bool() const { return checker_ != nullptr; }

  int32_t skeleton(std::string_view id, std::string& out, UErrorCode& status) const {
    return skeleton_(checker_, 0, id.data(), static_cast<int32_t>(id.size()), out.data(),
                     static_cast<int32_t>(out.size()), &status);
  }

 private:
  boost::dll::shared_library library_;
  decltype(&uspoof_getSkeletonUTF8) skeleton_ = nullptr;
  USpoofChecker* checker_ = nullptr;
};

std::string skeleton(std::string_view id) {
  static const LookAlikeData data;
  UErrorCode status = U_ZERO_ERROR;
  std::string out(id.size() * 4 + 16, '\0');
  for (;;) {
    if (!data) throw std::runtime_error("ICU has no data on characters that look alike");
    const int32_t size = data.skeleton(id, out, status);
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
