#include "canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "plain_json.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr int64_t largest_integer = int64_t{1} << 53;

// In UTF-16 the characters beyond U+FFFF are surrogates, D800..DFFF, and so come before U+E000..U+FFFF.
// In UTF-8 their lead bytes, F0..F4, come after EE and EF. Bytes sort alike in everything else.
unsigned utf16_rank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0xee || byte == 0xef ? byte + 0x10u : byte;
}

bool utf16_less(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return utf16_rank(x) < utf16_rank(y); });
}

void require_utf8(std::string_view text) {
  if (const auto at = first_not_utf8(text))
    throw std::runtime_error("a string is not UTF-8 at its byte " + std::to_string(*at));
}

void write_escape(char c, std::string& out) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u00";
  out += digits[static_cast<unsigned char>(c) >> 4];
  out += digits[c & 15];
}

void write_string(std::string_view text, std::string& out) {
  require_utf8(text);
  out += '"';
  const auto is_escaped = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  };
  for (auto at = text.begin(); at != text.end();) {
    const auto looked_at = static_cast<ptrdiff_t>(plain_bytes({at, text.end()}));
    const auto plain = std::find_if(at + looked_at, text.end(), is_escaped);
    out.append(at, plain);
    if (plain == text.end()) break;
    write_escape(*plain, out);
    at = plain + 1;
  }
  out += '"';
}

// Number::toString of ECMA-262: the shortest digits that read back as the same double, then the
// point or the exponent where `point` (digits before the point) says.
void write_double(double value, std::string& out) {
  if (!std::isfinite(value)) throw std::runtime_error("JSON has no infinite number and no NaN");
  if (value == 0) {
    out += '0';
    return;
  }
  std::array<char, 32> buffer;
  const auto end =
      std::to_chars(buffer.begin(), buffer.end(), std::abs(value), std::chars_format::scientific).ptr;
  const auto e = std::find(buffer.begin(), end, 'e');
  int point = 0;
  std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, point);
  ++point;
  std::string digits(buffer.begin(), e);
  std::erase(digits, '.');
  const int count = static_cast<int>(digits.size());

  if (value < 0) out += '-';
  if (point > 21 || point < -5) {
    out += digits.substr(0, 1);
    if (count > 1) out += '.' + digits.substr(1);
    out += point > 0 ? "e+" : "e-";
    out += std::to_string(std::abs(point - 1));
  } else if (point <= 0) {
    out += "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  } else if (count <= point) {
    out += digits + std::string(static_cast<size_t>(point - count), '0');
  } else {
    out += digits.substr(0, static_cast<size_t>(point)) + '.' + digits.substr(static_cast<size_t>(point));
  }
}

enum class LargeIntegers { refused, as_double };

using Member = json::object_t::value_type;

// Calls `visit` for each in canonical order, which is theirs unless a name holds a lead byte from EE on.
template <class Visit>
void visit_members(const json& object, Visit visit) {
  const auto& own = object.get_ref<const json::object_t&>();
  const auto is_plain = [](const Member& member) {
    return std::none_of(member.first.begin(), member.first.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0xee; });
  };
  if (std::all_of(own.begin(), own.end(), is_plain)) {
    for (const auto& member : own) visit(member);
    return;
  }
  std::vector<const Member*> members;
  for (const auto& member : own) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](auto* a, auto* b) { return utf16_less(a->first, b->first); });
  for (const auto* member : members) visit(*member);
}

class Writer {
 public:
  Writer(LargeIntegers large, std::string& out) : large_(large), out_(out) {}

  void write(const json& value) {
    switch (value.type()) {
      case json::value_t::null: out_ += "null"; return;
      case json::value_t::boolean: out_ += value.get<bool>() ? "true" : "false"; return;
      case json::value_t::string: write_string(value.get_ref<const std::string&>(), out_); return;
      case json::value_t::number_float: write_double(value.get<double>(), out_); return;
      case json::value_t::number_integer: write_integer(value.get<int64_t>()); return;
      case json::value_t::number_unsigned: write_integer(value.get<uint64_t>()); return;
      case json::value_t::array: write_array(value); return;
      case json::value_t::object: write_object(value); return;
      default: throw std::runtime_error("JSON has no such value");
    }
  }

 private:
  template <typename Integer>
  void write_integer(Integer n) {
    const bool small = std::cmp_less_equal(n, largest_integer) && std::cmp_greater_equal(n, -largest_integer);
    if (small)
      out_ += std::to_string(n);
    else if (large_ == LargeIntegers::as_double)
      write_double(static_cast<double>(n), out_);
    else
      throw std::runtime_error("the integer " + std::to_string(n) + " is beyond 2^53");
  }

  void enter() {
    if (++depth_ > max_json_depth)
      throw std::runtime_error("a value is nested deeper than " + std::to_string(max_json_depth));
  }

  void write_array(const json& value) {
    enter();
    char before = '[';
    for (const auto& element : value) {
      out_ += std::exchange(before, ',');
      write(element);
    }
    out_ += value.empty() ? "[]" : "]";
    --depth_;
  }

  void write_object(const json& value) {
    enter();
    char before = '{';
    visit_members(value, [&](const Member& member) {
      out_ += std::exchange(before, ',');
      write_string(member.first, out_);
      out_ += ':';
      write(member.second);
    });
    out_ += value.empty() ? "{}" : "}";
    --depth_;
  }

  LargeIntegers large_;
  std::string& out_;
  unsigned depth_ = 0;
};

}  // namespace

std::string canonical(const json& value) {
  std::string out;
  Writer(LargeIntegers::refused, out).write(value);
  return out;
}

void CanonicalWriter::text(std::string_view text) {
  write_string(text, out_);
}

void CanonicalWriter::number(uint64_t n) {
  out_ += std::to_string(n);
}

void CanonicalWriter::value(const json& value) {
  Writer(LargeIntegers::refused, out_).write(value);
}

void CanonicalWriter::object(const json& object, std::initializer_list<Member> more) {
  char before = '{';
  auto next = more.begin();
  const auto add_more = [&] {
    out_ += std::exchange(before, ',');
    text(next->first);
    out_ += ':';
    out_ += next++->second;
  };
  visit_members(object, [&](const json::object_t::value_type& member) {
    while (next != more.end() && utf16_less(next->first, member.first)) add_more();
    out_ += std::exchange(before, ',');
    text(member.first);
    out_ += ':';
    value(member.second);
  });
  while (next != more.end()) add_more();
  out_ += before == '{' ? "{}" : "}";
}

bool is_canonical(std::string_view bytes) try {
  // A double of 2^53 or more is printed without point or exponent, and is then read as an integer.
  std::string out;
  Writer(LargeIntegers::as_double, out).write(json::parse(bytes));
  return out == bytes;
} catch (const std::exception&) {
  return false;
}

}  // namespace stet
