// RFC 8785 (JSON Canonicalization Scheme): one value, one byte sequence.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace stet {

inline constexpr unsigned max_json_depth = 200;  // arrays and objects inside each other

// Members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them. Throws
// std::runtime_error for what I-JSON has not: integers beyond +-2^53, infinities, invalid UTF-8; and
// for a value nested deeper than max_json_depth.
std::string canonical(const nlohmann::json& value);

// The same, piece by piece, for whoever writes much that is no json value yet. Who writes brackets, commas
// and members' names writes them in the canonical order.
class CanonicalWriter {
 public:
  void raw(std::string_view json) { out_ += json; }
  void text(std::string_view text);  // as a string
  void number(uint64_t n);
  void value(const nlohmann::json& value);
  // `object` and more members, canonical each, whose names it does not hold.
  using Member = std::pair<std::string_view, std::string_view>;
  void object(const nlohmann::json& object, std::initializer_list<Member> more);
  void reserve(size_t bytes) { out_.reserve(bytes); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Whether `bytes` are the canonical form of the value they hold. False for whatever is not JSON, for
// a member named twice and for anything canonical() would refuse; never throws for what it is given.
bool is_canonical(std::string_view bytes);

}  // namespace stet
