#include "contract.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <initializer_list>

#include "foreign_json.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr size_t max_line = 1000;
constexpr const char *a_finding = "finding", *a_fact = "fact";

[[noreturn]] void breach(const char* statement, const std::string& sentence) {
  throw Breach(std::string("a ") + statement + " outside the contract: " + sentence);
}

std::string_view view(stet_text text, const char* statement) {
  if (!text.data && text.size > 0) breach(statement, "a text without a pointer");
  return {text.data, text.size};
}

std::string_view utf8(stet_text text, const char* statement, const char* name) {
  const auto bytes = view(text, statement);
  if (first_not_utf8(bytes)) breach(statement, std::string("its ") + name + " is not UTF-8");
  return bytes;
}

constexpr std::array<std::string_view, 3> host_fields = {"kind", "range", "plugin"};

// Of a text that `read` reads, and that it says is an object or not.
template <class Read>
void demand_object(const char* statement, const char* name, Read read) {
  bool is_object = false;
  try {
    is_object = read();
  } catch (const Breach&) {
    throw;
  } catch (const std::runtime_error& e) {
    breach(statement, std::string("its ") + name + " is " + e.what());
  }
  if (!is_object) breach(statement, std::string("its ") + name + " is no JSON object");
}

json object(std::string_view text, const char* statement, const char* name) {
  json value;
  demand_object(statement, name, [&] {
    value = parse_foreign_json(text);
    return value.is_object();
  });
  return value;
}

void check_object(std::string_view text, const char* statement, const char* name,
                  const std::function<void(const std::string&)>& member) {
  demand_object(statement, name, [&] { return check_foreign_json(text, member); });
}

void refuse_host_field(const std::string& name) {
  if (std::find(host_fields.begin(), host_fields.end(), name) != host_fields.end())
    breach(a_fact, "its fields hold \"" + name + "\"");
}

// `size` is what the plugin was compiled with. What stands behind `least` an older plugin may lack.
void require_size(uint32_t size, size_t least, const char* statement) {
  if (size < least)
    breach(statement, "it has " + std::to_string(size) + " bytes, the least is " + std::to_string(least));
}

// Of what was judged.
std::string_view text_of(stet_text text) {
  return {text.data, text.size};
}
Range range_of(stet_range range) {
  return {range.begin, range.end};
}

// The sum of `sizes`, none of which need be honest.
size_t size_of_texts(std::initializer_list<size_t> sizes, const char* statement) {
  size_t sum = 0;
  for (size_t size : sizes) {
    sum += std::min(size, max_statement_bytes + 1);
    if (sum > max_statement_bytes)
      breach(statement, "over " + std::to_string(max_statement_bytes) + " bytes of text");
  }
  return sum;
}

Severity severity_of(const stet_finding& finding, const CheckSpec& check) {
  if (finding.severity == STET_DEFAULT) return check.severity;
  if (finding.severity < STET_NOTE || finding.severity > STET_ERROR)
    breach("finding", "there is no severity " + std::to_string(finding.severity));
  return static_cast<Severity>(finding.severity);
}

}  // namespace

void Contract::count(size_t& statements, size_t most, const char* plural, size_t bytes) {
  if (statements++ == most) throw Breach("more than " + std::to_string(most) + " " + plural);
  if ((bytes_ += bytes) > max_answer_bytes) throw Breach("more than 16 MiB of findings and facts");
}

void Contract::checked(stet_range range, const char* statement) const {
  const auto is_boundary = [&](uint32_t at) {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xc0) != 0x80;
  };
  const auto shown = [&] { return std::to_string(range.begin) + "-" + std::to_string(range.end); };
  if (range.begin > range.end || range.end > text_.size())
    breach(statement,
           "range " + shown() + " is not in the text of " + std::to_string(text_.size()) + " bytes");
  if (!is_boundary(range.begin) || !is_boundary(range.end))
    breach(statement, "range " + shown() + " splits a character");
}

const CheckSpec& Contract::judge(const stet_finding& raw) {
  require_size(raw.size, offsetof(stet_finding, message) + sizeof raw.message, a_finding);
  const size_t bytes = size_of_texts(
      {raw.check.size, raw.message.size, raw.evidence.size, raw.has_fix ? raw.fix_text.size : 0}, a_finding);
  count(findings_, max_findings, "findings", bytes);

  const auto id = utf8(raw.check, a_finding, "check");
  const auto* check = manifest_.check(id);
  if (!check) breach(a_finding, "check '" + one_line(id, "") + "' is not declared");
  severity_of(raw, *check);
  checked(raw.range, a_finding);
  if (utf8(raw.message, a_finding, "message").empty()) breach(a_finding, "it has no message");
  if (raw.related_count > max_related || (raw.related_count > 0 && !raw.related))
    breach(a_finding, std::to_string(raw.related_count) + " related ranges");
  for (uint32_t i = 0; i < raw.related_count; ++i) checked(raw.related[i], a_finding);
  view(raw.evidence, a_finding);
  if (raw.has_fix) {
    checked(raw.fix_range, a_finding);
    utf8(raw.fix_text, a_finding, "fix");
  }
  return *check;
}

void Contract::check(const stet_finding& raw) {
  judge(raw);
  if (raw.evidence.size > 0)
    check_object(text_of(raw.evidence), a_finding, "evidence", [](const std::string&) {});
}

Finding Contract::accept(const stet_finding& raw) {
  const auto& check = judge(raw);
  Finding finding{manifest_.id,
                  check.id,
                  severity_of(raw, check),
                  range_of(raw.range),
                  std::string(text_of(raw.message)),
                  {},
                  {},
                  {}};
  for (uint32_t i = 0; i < raw.related_count; ++i) finding.related.push_back(range_of(raw.related[i]));
  if (raw.evidence.size > 0) finding.evidence = object(text_of(raw.evidence), a_finding, "evidence");
  if (raw.has_fix) finding.fix = Fix{range_of(raw.fix_range), std::string(text_of(raw.fix_text))};
  return finding;
}

void Contract::judge(const stet_fact& raw) {
  require_size(raw.size, offsetof(stet_fact, fields) + sizeof raw.fields, a_fact);
  count(facts_, max_facts, "facts", size_of_texts({raw.kind.size, raw.fields.size}, a_fact));
  const auto kind = utf8(raw.kind, a_fact, "kind");
  if (!manifest_.fact(kind)) breach(a_fact, "kind '" + one_line(kind, "") + "' is not declared");
  checked(raw.range, a_fact);
  view(raw.fields, a_fact);
}

void Contract::check(const stet_fact& raw) {
  judge(raw);
  check_object(text_of(raw.fields), a_fact, "fields", refuse_host_field);
}

Fact Contract::accept(const stet_fact& raw) {
  judge(raw);
  Fact fact{manifest_.id, std::string(text_of(raw.kind)), range_of(raw.range),
            object(text_of(raw.fields), a_fact, "fields")};
  for (const auto own : host_fields)
    if (fact.fields.contains(own)) refuse_host_field(std::string(own));
  return fact;
}

std::string one_line(std::string_view reason, std::string_view otherwise) {
  std::string line(reason.empty() ? otherwise : reason.substr(0, max_line));
  // The cut may have split a character: at most its first three bytes are left.
  for (int i = 0; i < 3 && reason.size() > max_line && first_not_utf8(line); ++i) line.pop_back();
  const bool readable = !first_not_utf8(line);
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = ' ';
    if (byte >= 0x80 && !readable) c = '?';
  }
  return line;
}

}  // namespace stet
