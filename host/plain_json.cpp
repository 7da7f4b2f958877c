#include "plain_json.hpp"

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include <stet/text.hpp>

#include "utf8.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr uint64_t every_byte = 0x0101010101010101;

// Every function that gives a bool gives false when it is not sure. Values are made where `out` is not null.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool all(json* out) {
    space();
    return value(out, 0) && (space(), at_ == text_.size());
  }
  PlainJson judgement() { return std::move(judgement_); }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) { return here() == c && ++at_; }
  void space() {
    while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t') ++at_;
  }

  bool value(json* out, unsigned depth) {
    switch (here()) {
      case '{': return depth < max_plain_json_depth && object(out, depth + 1);
      case '[': return depth < max_plain_json_depth && array(out, depth + 1);
      case '"': return text(out);
      case 't': return word("true", out, true);
      case 'f': return word("false", out, false);
      case 'n': return word("null", out, nullptr);
      default: return number(out);
    }
  }

  template <class Value>
  bool word(std::string_view word, json* out, Value value) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    if (out) *out = value;
    return true;
  }

  bool object(json* out, unsigned depth) {
    if (out) *out = json::object();
    if (depth == 1) judgement_.is_object = true;
    ++at_;
    space();
    for (bool is_first = true; !take('}'); is_first = false, space()) {
      if (!is_first && !take(',')) return false;
      space();
      std::string name;
      if (!string(&name)) return false;
      space();
      if (!take(':')) return false;
      space();
      json* const member = out ? added(*out, std::move(name)) : keep_name(std::move(name), depth);
      if ((out && !member) || !value(member, depth)) return false;
    }
    return true;
  }

  // Null when it is there already.
  static json* added(json& object, std::string name) {
    auto& members = object.get_ref<json::object_t&>();
    const size_t before = members.size();
    const auto added = members.emplace_hint(members.end(), std::move(name), nullptr);
    return members.size() > before ? &added->second : nullptr;
  }

  json* keep_name(std::string name, unsigned depth) {
    if (depth == 1) judgement_.names.push_back(std::move(name));
    return nullptr;
  }

  bool array(json* out, unsigned depth) {
    if (out) *out = json::array();
    ++at_;
    space();
    for (bool is_first = true; !take(']'); is_first = false, space()) {
      if (!is_first && !take(',')) return false;
      space();
      if (!value(out ? &out->emplace_back() : nullptr, depth)) return false;
    }
    return true;
  }

  bool text(json* out) {
    if (!out) return string(nullptr);
    std::string text;
    if (!string(&text)) return false;
    *out = std::move(text);
    return true;
  }

  bool string(std::string* out) {
    if (!take('"')) return false;
    for (;;) {
      const size_t begin = at_;
      at_ += plain_bytes(text_.substr(at_));
      while (static_cast<unsigned char>(here()) >= 0x20 && here() != '"' && here() != '\\') ++at_;
      if (out) out->append(text_, begin, at_ - begin);
      if (take('"')) return true;
      if (!take('\\') || !escape(out)) return false;  // also at the end
    }
  }

  bool escape(std::string* out) {
    constexpr std::string_view names = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    if (take('u')) return code_units(out);
    const size_t which = names.find(here());
    if (which == names.npos) return false;
    if (out) *out += meant[which];
    ++at_;
    return true;
  }

  bool code_units(std::string* out) {
    auto code = code_unit();
    if (!code || (*code >= 0xDC00 && *code < 0xE000)) return false;
    if (*code >= 0xD800 && *code < 0xDC00) {
      if (!take('\\') || !take('u')) return false;
      const auto low = code_unit();
      if (!low || *low < 0xDC00 || *low >= 0xE000) return false;
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    if (out) sdk::append_utf8(*out, *code);
    return true;
  }

  std::optional<uint32_t> code_unit() {
    const auto digits = text_.substr(at_, 4);
    uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc() || end != digits.data() + 4) return std::nullopt;
    at_ += 4;
    return code;
  }

  bool number(json* out) {
    const auto digits = text_.substr(at_, plain_integer(text_.substr(at_)));
    if (digits.empty()) return false;
    at_ += digits.size();
    int64_t number = 0;
    std::from_chars(digits.begin(), digits.end(), number);
    if (out && digits[0] == '-') *out = number;
    if (out && digits[0] != '-') *out = static_cast<uint64_t>(number);
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  PlainJson judgement_;
};

}  // namespace

std::optional<json> read_plain_json(std::string_view text) {
  json value;
  if (first_not_utf8(text) || !Reader(text).all(&value)) return std::nullopt;
  return value;
}

std::optional<PlainJson> judge_plain_json(std::string_view text) {
  Reader reader(text);
  if (first_not_utf8(text) || !reader.all(nullptr)) return std::nullopt;
  return reader.judgement();
}

size_t plain_integer(std::string_view bytes) {
  constexpr size_t most_digits = 15;
  const auto here = [&](size_t at) { return at < bytes.size() ? bytes[at] : '\0'; };
  const size_t first = here(0) == '-' ? 1 : 0;
  size_t at = first;
  while (here(at) >= '0' && here(at) <= '9') ++at;
  const size_t count = at - first;
  if (count == 0 || count > most_digits || (bytes[first] == '0' && at > 1)) return 0;
  return here(at) == '.' || here(at) == 'e' || here(at) == 'E' ? 0 : at;
}

size_t plain_bytes(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little);
  const auto below = [](uint64_t eight, unsigned char c) { return (eight - every_byte * c) & ~eight; };
  size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t eight;
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    // A borrow may set bits above the lowest one that is set, and nowhere else.
    const uint64_t found =
        (below(eight, 0x20) | below(eight ^ every_byte * '"', 1) | below(eight ^ every_byte * '\\', 1)) &
        every_byte * 0x80;
    if (found != 0) return at + static_cast<size_t>(std::countr_zero(found)) / 8;
  }
  return at;  // of the last bytes whoever asks looks at each
}

}  // namespace stet
