// The JSON that a plugin writes: evidence_json of a finding, fields_json of a fact. Header only, C++17, no
// library.
//
//   finding.evidence_json = stet::sdk::JsonObject()
//                               .text("word", "P\u0430ris")
//                               .number("letters", 5)
//                               .json("places", stet::sdk::JsonArray().number(4).number(9).str())
//                               .str();
//
// Text must be UTF-8: the host refuses a finding whose evidence is not. Members stand in the order in which
// they were added; add each key once. Reading JSON (options, metadata) is not here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stet::sdk {

// `text` as a JSON string, in its quotation marks.
inline std::string json_string(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out += '"';
}

class JsonArray {
 public:
  JsonArray& text(std::string_view value) { return json(json_string(value)); }
  // The host takes whole numbers from -(2^53 - 1) to 2^53 - 1.
  JsonArray& number(int64_t value) { return json(std::to_string(value)); }
  // `value` is JSON already: what str() gave, true, false, null.
  JsonArray& json(std::string_view value) {
    out_ += out_.size() == 1 ? "" : ",";
    out_ += value;
    return *this;
  }
  std::string str() const { return out_ + ']'; }

 private:
  std::string out_ = "[";
};

class JsonObject {
 public:
  JsonObject& text(std::string_view key, std::string_view value) { return json(key, json_string(value)); }
  JsonObject& number(std::string_view key, int64_t value) { return json(key, std::to_string(value)); }
  JsonObject& json(std::string_view key, std::string_view value) {
    out_ += out_.size() == 1 ? "" : ",";
    out_ += json_string(key);
    out_ += ':';
    out_ += value;
    return *this;
  }
  std::string str() const { return out_ + '}'; }

 private:
  std::string out_ = "{";
};

}  // namespace stet::sdk
