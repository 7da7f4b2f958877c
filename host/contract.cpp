#include "contract.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>

#include "foreign_json.hpp"
#include "utf8.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr size_t max_line = 1000;

[[noreturn]] void breach(const char* statement, const std::string& sentence) {
  throw Breach(std::string("a ") + statement + " outside the contract: " + sentence);
}

std::string_view view(stet_text text, const char* statement) {
  if (!text.data && text.size > 0) breach(statement, "a text without a pointer");
  return {text.data, text.size};
}

std::string utf8(stet_text text, const char* statement, const char* name) {
  const auto bytes = view(text, statement);
  if (first_not_utf8(bytes)) breach(statement, std::string("its ") + name + " is not UTF-8");
  return std::string(bytes);
}

json object(std::string_view text, const char* statement, const char* name) {
  json value;
  try {
    value = parse_foreign_json(text);
  } catch (const std::runtime_error& e) {
    breach(statement, std::string("its ") + name + " is " + e.what());
  }
  if (!value.is_object()) breach(statement, std::string("its ") + name + " is no JSON object");
  return value;
}

// `size` is what the plugin was compiled with. What stands behind `least` an older plugin may lack.
void require_size(uint32_t size, size_t least, const char* statement) {
  if (size < least)
    breach(statement, "it has " + std::to_string(size) + " bytes, the least is " + std::to_string(least));
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

Range Contract::checked(stet_range range, const char* what) const {
  const auto is_boundary = [&](uint32_t at) {
    return at == text_.size() || (static_cast<unsigned char>(text_[at]) & 0xc0) != 0x80;
  };
  const auto shown = std::to_string(range.begin) + "-" + std::to_string(range.end);
  if (range.begin > range.end || range.end > text_.size())
    breach(what, "range " + shown + " is not in the text of " + std::to_string(text_.size()) + " bytes");
  if (!is_boundary(range.begin) || !is_boundary(range.end))
    breach(what, "range " + shown + " splits a character");
  return {range.begin, range.end};
}

Finding Contract::accept(const stet_finding& raw) {
  const auto* what = "finding";
  require_size(raw.size, offsetof(stet_finding, message) + sizeof raw.message, what);
  const size_t bytes = size_of_texts(
      {raw.check.size, raw.message.size, raw.evidence.size, raw.has_fix ? raw.fix_text.size : 0}, what);
  count(findings_, max_findings, "findings", bytes);

  const auto id = utf8(raw.check, what, "check");
  const auto* check = manifest_.check(id);
  if (!check) breach(what, "check '" + one_line(id, "") + "' is not declared");
  Finding finding{manifest_.id,
                  id,
                  severity_of(raw, *check),
                  checked(raw.range, what),
                  utf8(raw.message, what, "message"),
                  {},
                  {},
                  {}};
  if (finding.message.empty()) breach(what, "it has no message");
  if (raw.related_count > max_related || (raw.related_count > 0 && !raw.related))
    breach(what, std::to_string(raw.related_count) + " related ranges");
  for (uint32_t i = 0; i < raw.related_count; ++i) finding.related.push_back(checked(raw.related[i], what));
  if (raw.evidence.size > 0) finding.evidence = object(view(raw.evidence, what), what, "evidence");
  if (raw.has_fix) finding.fix = Fix{checked(raw.fix_range, what), utf8(raw.fix_text, what, "fix")};
  return finding;
}

Fact Contract::accept(const stet_fact& raw) {
  const auto* what = "fact";
  require_size(raw.size, offsetof(stet_fact, fields) + sizeof raw.fields, what);
  const size_t bytes = size_of_texts({raw.kind.size, raw.fields.size}, what);
  count(facts_, max_facts, "facts", bytes);

  const auto kind = utf8(raw.kind, what, "kind");
  if (!manifest_.fact(kind)) breach(what, "kind '" + one_line(kind, "") + "' is not declared");
  Fact fact{manifest_.id, kind, checked(raw.range, what), object(view(raw.fields, what), what, "fields")};
  for (const char* own : {"kind", "range", "plugin"})
    if (fact.fields.contains(own)) breach(what, std::string("its fields hold \"") + own + "\"");
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
