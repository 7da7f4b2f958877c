// What a plugin says it is, read without running it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "finding.hpp"

namespace stet {

struct CheckSpec {
  std::string id;
  Severity severity;  // default
  std::string summary;
  std::string help;  // may be empty
};

// What the host says when something about a fact changes between two revisions.
struct ChangeRule {
  std::string field;   // dotted path into the fact's fields, or "text": the words it covers
  std::string change;  // id of the change, such as "quote-altered"
  Severity severity;
};

struct FactSpec {
  std::string kind;
  std::string label;                  // for messages: "quotation"
  std::string subject;                // dotted path of a field named in messages ("speaker.name"), or empty
  std::vector<std::string> identity;  // fields that two revisions of one fact must share; may be empty
  std::vector<ChangeRule> changes;
  // Each with an empty `field`. `added` and `removed`: the words came or went with the fact.
  // `marked` and `unmarked`: the words stand in both revisions, the fact only in one (quotation
  // marks put around words, or taken away). Absent: not reported.
  std::optional<ChangeRule> added, removed, marked, unmarked;
};

struct Limits {
  unsigned deadline_ms = 2000;  // 1 .. 60000, per document
  unsigned memory_mb = 512;     // 16 .. 4096
};

struct Manifest {
  std::string id;  // reverse domain name
  std::string version;
  unsigned abi = 0;
  std::string summary;
  std::vector<CheckSpec> checks;
  std::vector<FactSpec> facts;
  nlohmann::json options;             // JSON Schema of the options object
  std::vector<std::string> services;  // host services it asks for
  Limits limits;

  const CheckSpec* check(std::string_view id) const;  // nullptr if undeclared
  const FactSpec* fact(std::string_view kind) const;  // nullptr if undeclared
};

// The last part of a reverse domain name: "quote-attribution".
std::string_view short_name(std::string_view plugin_id);

// The bytes of section `.stet.manifest` of a 64-bit ELF file. The file is only read, never mapped
// executable. Throws std::runtime_error with the reason.
std::string manifest_section(std::string_view elf);

// Throws std::runtime_error with one sentence that names the field at fault.
Manifest parse_manifest(std::string_view json);

}  // namespace stet
