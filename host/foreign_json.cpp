#include "foreign_json.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

#include "canonical.hpp"
#include "plain_json.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr int64_t max_whole = (int64_t{1} << 53) - 1;
static_assert(max_plain_json_depth <= max_foreign_json_depth);

// Counts brackets outside strings; the parser sees to everything else.
bool is_deeper(std::string_view text, unsigned limit) {
  unsigned depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
    } else if (c == '[' || c == '{') {
      if (++depth > limit) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

[[noreturn]] void refuse_number() {
  throw std::runtime_error("a whole number beyond 2^53 - 1");
}

void require_exact_numbers(const json& value) {
  if (value.is_structured()) {
    for (const auto& member : value) require_exact_numbers(member);
  } else if (value.is_number_unsigned() ? value.get<uint64_t>() > uint64_t{max_whole}
                                        : value.is_number_integer() && value.get<int64_t>() < -max_whole) {
    refuse_number();
  }
}

void require_shallow(std::string_view text, unsigned limit) {
  if (is_deeper(text, limit)) throw std::runtime_error("JSON nested deeper than " + std::to_string(limit));
}

// Reads without keeping. All that is wrong is thrown, so that no handler needs to say "stop".
class Judge : public json::json_sax_t {
 public:
  explicit Judge(const std::function<void(const std::string&)>& member) : member_(member) {}
  bool is_object() const { return is_object_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(int64_t value) override {
    if (value < -max_whole) refuse_number();
    return true;
  }
  bool number_unsigned(uint64_t value) override {
    if (value > uint64_t{max_whole}) refuse_number();
    return true;
  }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(json::binary_t&) override { return true; }
  bool start_object(size_t) override {
    if (depth_++ == 0) is_object_ = true;
    return true;
  }
  bool key(std::string& name) override {
    if (depth_ == 1) member_(name);
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(size_t) override {
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool parse_error(size_t byte, const std::string&, const json::exception& e) override {
    constexpr int number_overflow = 406;
    if (e.id == number_overflow) throw std::runtime_error("JSON with a number out of range");
    throw std::runtime_error("not JSON at byte " + std::to_string(byte));
  }

 private:
  const std::function<void(const std::string&)>& member_;
  unsigned depth_ = 0;
  bool is_object_ = false;
};

}  // namespace

json parse_foreign_json(std::string_view text) {
  if (auto plain = read_plain_json(text)) return std::move(*plain);
  require_shallow(text, max_foreign_json_depth);
  try {
    auto value = json::parse(text);
    require_exact_numbers(value);
    return value;
  } catch (const json::parse_error& e) {
    throw std::runtime_error("not JSON at byte " + std::to_string(e.byte));
  } catch (const json::out_of_range&) {
    throw std::runtime_error("JSON with a number out of range");
  }
}

bool check_foreign_json(std::string_view text, const std::function<void(const std::string&)>& member) {
  if (const auto plain = judge_plain_json(text)) {
    for (const auto& name : plain->names) member(name);
    return plain->is_object;
  }
  require_shallow(text, max_foreign_json_depth);
  Judge judge(member);
  json::sax_parse(text, &judge);
  return judge.is_object();
}

json parse_stored_json(std::string_view text, NoJson no_json) {
  require_shallow(text, max_json_depth);
  return json::parse(text, nullptr, no_json == NoJson::thrown);
}

uint32_t whole_number(const json& value) {
  if (!value.is_number_unsigned() || value.get<uint64_t>() > UINT32_MAX)
    throw std::runtime_error(value.dump().substr(0, 40) + " is no integer from 0 to 4294967295");
  return value.get<uint32_t>();
}

}  // namespace stet
