// Canonical JSON (RFC 8785) read where it stands, at a tenth of what a tree of values costs: for whoever has
// to read very many reports. Knows the plain forms only; for the rest there are canonical.hpp and
// nlohmann/json.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace stet {

class JsonView;

// The values of one text in their order, an object's names among them. Borrows the text.
class JsonText {
 public:
  // Nothing unless `bytes` are sure to be canonical JSON: also for some that are, such as those with numbers
  // that are no integers of up to 15 digits, and with names that are not plain ASCII.
  static std::optional<JsonText> read(std::string_view bytes);

  JsonView root() const;

 private:
  friend class JsonView;
  enum class Kind : uint8_t { object, array, text, escaped_text, unsigned_number, number, boolean, null };
  struct Value {
    uint32_t begin, end;  // in the text; of a string what is between the quotation marks
    uint32_t next;        // the value that follows this one and all in it
    Kind kind;
  };
  class Reader;

  explicit JsonText(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes_;
  std::vector<Value> values_;
};

// One value. Borrows the JsonText. What is asked of a value of another kind is absent.
class JsonView {
 public:
  bool is_object() const { return kind() == JsonText::Kind::object; }
  bool is_array() const { return kind() == JsonText::Kind::array; }
  bool is_text() const { return kind() == JsonText::Kind::text || kind() == JsonText::Kind::escaped_text; }
  std::optional<std::string_view> text() const;  // unless something in it is escaped
  std::optional<uint64_t> number() const;        // from 0

  std::optional<JsonView> find(std::string_view name) const;  // of an object
  // Of an array.
  std::optional<JsonView> first() const;
  std::optional<JsonView> next_in(const JsonView& array) const;

  // The same as a value of its own; of an object without the members of these names.
  nlohmann::json json(std::initializer_list<std::string_view> without = {}) const;

 private:
  friend class JsonText;
  JsonView(const JsonText& text, uint32_t at) : text_(&text), at_(at) {}
  const JsonText::Value& value() const { return text_->values_[at_]; }
  JsonText::Kind kind() const { return value().kind; }
  nlohmann::json object_json(std::initializer_list<std::string_view> without) const;
  std::string_view bytes() const { return text_->bytes_.substr(value().begin, value().end - value().begin); }

  const JsonText* text_;
  uint32_t at_;
};

}  // namespace stet
