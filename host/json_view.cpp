#include "json_view.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <nlohmann/json.hpp>

#include "canonical.hpp"
#include "plain_json.hpp"
#include "utf8.hpp"

namespace stet {
// Every function gives false, or nothing, when it is not sure.
class JsonText::Reader {
 public:
  explicit Reader(JsonText& out) : out_(out), bytes_(out.bytes_) {}

  bool all() { return value(0) && at_ == bytes_.size(); }

 private:
  char here() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
  bool take(char c) { return here() == c && ++at_; }
  bool take(std::string_view word) {
    if (bytes_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  size_t begin(Kind kind, size_t begin) {
    out_.values_.push_back({static_cast<uint32_t>(begin), 0, 0, kind});
    return out_.values_.size() - 1;
  }
  bool end(size_t value, size_t end) {
    out_.values_[value].end = static_cast<uint32_t>(end);
    out_.values_[value].next = static_cast<uint32_t>(out_.values_.size());
    return true;
  }

  bool value(unsigned depth) {
    switch (here()) {
      case '{': return depth < max_json_depth && object(depth + 1);
      case '[': return depth < max_json_depth && array(depth + 1);
      case '"': return string();
      case 't': return word("true", Kind::boolean);
      case 'f': return word("false", Kind::boolean);
      case 'n': return word("null", Kind::null);
      default: return number();
    }
  }

  bool word(std::string_view word, Kind kind) {
    const size_t value = begin(kind, at_);
    return take(word) && end(value, at_);
  }

  bool object(unsigned depth) {
    const size_t value_begin = begin(Kind::object, at_++);
    std::string_view before;
    for (bool is_first = true; here() != '}'; is_first = false) {
      if (!is_first && !take(',')) return false;
      const size_t name = out_.values_.size();
      if (!string() || out_.values_[name].kind != Kind::text || !take(':')) return false;
      const auto text = JsonView(out_, static_cast<uint32_t>(name)).bytes();
      if (!is_ascii(text) || (!is_first && text <= before)) return false;
      before = text;
      if (!value(depth)) return false;
    }
    return end(value_begin, ++at_);
  }

  bool array(unsigned depth) {
    const size_t value_begin = begin(Kind::array, at_++);
    for (bool is_first = true; here() != ']'; is_first = false)
      if ((!is_first && !take(',')) || !value(depth)) return false;
    return end(value_begin, ++at_);
  }

  static bool is_ascii(std::string_view text) {
    for (const char c : text)
      if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
  }

  bool string() {
    if (!take('"')) return false;
    const size_t value = begin(Kind::text, at_);
    const auto skip = [this] { at_ += plain_bytes(bytes_.substr(at_)); };
    for (skip(); here() != '"'; ++at_, skip()) {
      if (static_cast<unsigned char>(here()) < 0x20) return false;  // also at the end
      if (here() != '\\') continue;
      out_.values_[value].kind = Kind::escaped_text;
      if (!escape()) return false;
    }
    return end(value, at_++);
  }

  // What canonical() writes, and no other way to say the same. Leaves the last character to the caller.
  bool escape() {
    ++at_;
    if (std::string_view("\"\\bfnrt").find(here()) != std::string_view::npos) return here() != '\0';
    if (!take("u00")) return false;
    const char high = here();
    ++at_;
    const char low = here();
    if (high == '0')  // 08, 09, 0a, 0c and 0d have names of their own
      return std::string_view("01234567bef").find(low) != std::string_view::npos && low != '\0';
    return high == '1' && std::string_view("0123456789abcdef").find(low) != std::string_view::npos &&
           low != '\0';
  }

  bool number() {
    const size_t start = at_, size = plain_integer(bytes_.substr(at_));
    at_ += size;
    return size > 0 && end(begin(bytes_[start] == '-' ? Kind::number : Kind::unsigned_number, start), at_);
  }

  JsonText& out_;
  std::string_view bytes_;
  size_t at_ = 0;
};

std::optional<JsonText> JsonText::read(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<uint32_t>::max() || first_not_utf8(bytes)) return std::nullopt;
  JsonText text(bytes);
  text.values_.reserve(bytes.size() / 16);
  if (!Reader(text).all()) return std::nullopt;
  return text;
}

JsonView JsonText::root() const {
  return {*this, 0};
}

std::optional<std::string_view> JsonView::text() const {
  if (kind() != JsonText::Kind::text) return std::nullopt;
  return bytes();
}

std::optional<uint64_t> JsonView::number() const {
  if (kind() != JsonText::Kind::unsigned_number) return std::nullopt;
  uint64_t number = 0;
  std::from_chars(bytes().begin(), bytes().end(), number);
  return number;
}

std::optional<JsonView> JsonView::find(std::string_view name) const {
  if (!is_object()) return std::nullopt;
  for (uint32_t at = at_ + 1; at < value().next;) {
    const JsonView here(*text_, at), found(*text_, at + 1);
    if (here.bytes() == name) return found;
    at = found.value().next;
  }
  return std::nullopt;
}

std::optional<JsonView> JsonView::first() const {
  if (!is_array() || at_ + 1 == value().next) return std::nullopt;
  return JsonView(*text_, at_ + 1);
}

std::optional<JsonView> JsonView::next_in(const JsonView& array) const {
  if (value().next >= array.value().next) return std::nullopt;
  return JsonView(*text_, value().next);
}

nlohmann::json JsonView::json(std::initializer_list<std::string_view> without) const {
  using Kind = JsonText::Kind;
  switch (kind()) {
    case Kind::object: return object_json(without);
    case Kind::array: {
      auto array = nlohmann::json::array();
      for (auto at = first(); at; at = at->next_in(*this)) array.push_back(at->json());
      return array;
    }
    case Kind::text: return bytes();
    case Kind::escaped_text:
      return nlohmann::json::parse(text_->bytes_.substr(value().begin - 1, value().end - value().begin + 2));
    case Kind::unsigned_number: return *number();
    default: return nlohmann::json::parse(bytes());
  }
}

nlohmann::json JsonView::object_json(std::initializer_list<std::string_view> without) const {
  auto object = nlohmann::json::object();
  auto& members = object.get_ref<nlohmann::json::object_t&>();
  for (uint32_t at = at_ + 1; at < value().next;) {
    const JsonView name(*text_, at), member(*text_, at + 1);
    if (std::find(without.begin(), without.end(), name.bytes()) == without.end())
      members.emplace_hint(members.end(), name.bytes(), member.json());
    at = member.value().next;
  }
  return object;
}

}  // namespace stet
