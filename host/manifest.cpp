// What a manifest may hold is refused rather than guessed: a member that is not known is an error,
// so that a misspelt "severity" is found by its author and not by a newsroom.
#include "manifest.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include <stet/plugin.h>

#include "foreign_json.hpp"
#include "plugin_id.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr std::string_view section_name = ".stet.manifest";
constexpr size_t max_manifest_bytes = 1u << 20;
constexpr size_t max_id_bytes = 100;

[[noreturn]] void refuse(const std::string& sentence) {
  throw std::runtime_error(sentence);
}

// ---- ELF ----

template <class T>
T read_at(std::string_view bytes, uint64_t offset) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) refuse("a truncated ELF file");
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string_view slice(std::string_view bytes, uint64_t offset, uint64_t size) {
  if (offset > bytes.size() || bytes.size() - offset < size)
    refuse("an ELF file with a section that reaches beyond its end");
  return bytes.substr(offset, size);
}

Elf64_Ehdr elf_header(std::string_view elf) {
  if (!elf.starts_with(std::string_view(ELFMAG, SELFMAG))) refuse("not an ELF file");
  if (elf.size() > EI_CLASS && elf[EI_CLASS] == ELFCLASS32) refuse("a 32-bit ELF file");
  const auto header = read_at<Elf64_Ehdr>(elf, 0);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB)
    refuse("not a 64-bit little-endian ELF file");
  if (header.e_shoff == 0 || header.e_shnum == 0) refuse("an ELF file without a section table");
  if (header.e_shentsize != sizeof(Elf64_Shdr) || header.e_shstrndx >= header.e_shnum)
    refuse("an ELF file with a damaged section table");
  return header;
}

// The name at `offset`, or nothing when it has no end inside the table.
std::string_view name_at(std::string_view names, uint64_t offset) {
  if (offset >= names.size()) return {};
  const auto end = names.find('\0', offset);
  return end == names.npos ? std::string_view() : names.substr(offset, end - offset);
}

// ---- JSON ----

// As JSON, so that nothing a stranger wrote reaches a terminal raw.
std::string json_quoted(const std::string& text) {
  return json(text).dump();
}

bool only_of(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || more.find(c) != more.npos;
  });
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= max_id_bytes && only_of(text, "-");
}

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// One object of the manifest and where it stands, such as "facts[0].changes[1]".
class Object {
 public:
  Object(const json& value, std::string path, std::initializer_list<std::string_view> known)
      : value_(value), path_(std::move(path)) {
    if (!value.is_object()) refuse((path_.empty() ? "the manifest" : path_) + " is not an object");
    for (const auto& [name, _] : value.items())
      if (std::find(known.begin(), known.end(), name) == known.end())
        refuse("unknown member " + json_quoted(field(name)));
  }

  std::string field(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
  }
  const json* find(const char* name) const {
    const auto at = value_.find(name);
    return at == value_.end() ? nullptr : &*at;
  }
  const json& need(const char* name) const {
    if (const auto* v = find(name)) return *v;
    refuse(field(name) + " is missing");
  }

  std::string text(const char* name) const {
    const auto& v = need(name);
    if (!v.is_string() || v.get_ref<const std::string&>().empty()) refuse(field(name) + " is not a text");
    return v;
  }
  std::string text_or(const char* name, std::string otherwise) const {
    return find(name) ? text(name) : std::move(otherwise);
  }
  std::string word(const char* name) const {
    auto w = text(name);
    if (!is_word(w)) refuse(field(name) + ": " + json_quoted(w) + " is not made of a-z, 0-9 and '-'");
    return w;
  }
  Severity severity() const {
    const auto word = text("severity");
    if (const auto s = severity_named(word)) return *s;
    refuse(field("severity") + ": " + json_quoted(word) + " is none of note, warning, error");
  }
  unsigned number(const char* name, unsigned least, unsigned most, unsigned otherwise) const {
    const auto* v = find(name);
    if (!v) return otherwise;
    if (!v->is_number_integer() || *v < least || *v > most)
      refuse(field(name) + " is not a whole number from " + std::to_string(least) + " to " +
             std::to_string(most));
    return *v;
  }
  // Calls `read(element, path)` for each element; an absent array is an empty one.
  template <class Read>
  void each(const char* name, Read read) const {
    const auto* v = find(name);
    if (!v) return;
    if (!v->is_array()) refuse(field(name) + " is not an array");
    for (size_t i = 0; i < v->size(); ++i) read((*v)[i], field(name) + "[" + std::to_string(i) + "]");
  }
  std::vector<std::string> texts(const char* name) const {
    std::vector<std::string> all;
    each(name, [&](const json& v, const std::string& path) {
      if (!v.is_string() || v.get_ref<const std::string&>().empty()) refuse(path + " is not a text");
      all.push_back(v);
    });
    return all;
  }

 private:
  const json& value_;
  std::string path_;
};

CheckSpec read_check(const json& value, const std::string& path) {
  const Object o(value, path, {"id", "severity", "summary", "help"});
  return {o.word("id"), o.severity(), o.text("summary"), o.text_or("help", "")};
}

std::optional<ChangeRule> read_rule(const Object& fact, const char* name) {
  const auto* value = fact.find(name);
  if (!value) return std::nullopt;
  const Object o(*value, fact.field(name), {"change", "severity"});
  return ChangeRule{"", o.word("change"), o.severity()};
}

FactSpec read_fact(const json& value, const std::string& path) {
  const Object o(
      value, path,
      {"kind", "label", "subject", "identity", "changes", "added", "removed", "marked", "unmarked"});
  FactSpec fact;
  fact.kind = o.word("kind");
  fact.label = o.text_or("label", fact.kind);
  fact.subject = o.text_or("subject", "");
  fact.identity = o.texts("identity");
  o.each("changes", [&](const json& v, const std::string& at) {
    const Object rule(v, at, {"field", "change", "severity"});
    fact.changes.push_back({rule.text("field"), rule.word("change"), rule.severity()});
  });
  fact.added = read_rule(o, "added");
  fact.removed = read_rule(o, "removed");
  fact.marked = read_rule(o, "marked");
  fact.unmarked = read_rule(o, "unmarked");
  return fact;
}

json read_options(const Object& o) {
  const auto* schema = o.find("options");
  if (!schema) return {{"type", "object"}, {"additionalProperties", false}};
  if (!schema->is_object() || schema->value("type", json()) != "object")
    refuse("options is not a JSON Schema of type object");
  return *schema;
}

Limits read_limits(const Object& manifest) {
  const auto* value = manifest.find("limits");
  if (!value) return {};
  const Object o(*value, "limits", {"deadline_ms", "memory_mb"});
  return {o.number("deadline_ms", 1, 60000, Limits{}.deadline_ms),
          o.number("memory_mb", 16, 4096, Limits{}.memory_mb)};
}

// Two entries of one name would make the report ambiguous.
template <class Spec>
void add_once(std::vector<Spec>& all, Spec next, std::string Spec::*name, const std::string& path) {
  for (const auto& other : all)
    if (other.*name == next.*name) refuse(path + ": " + json_quoted(next.*name) + " is declared twice");
  all.push_back(std::move(next));
}

// Before anything else is judged: a later ABI may have members that this one does not know.
unsigned read_abi(const json& value) {
  const auto abi = value.is_object() ? value.value("abi", json()) : json();
  if (!abi.is_number_unsigned()) refuse("abi is missing, or not a whole number");
  if (abi != STET_ABI_VERSION)
    refuse("needs plugin ABI " + abi.dump() + ", this stet has " + std::to_string(STET_ABI_VERSION));
  return abi;
}

Manifest read_manifest(const json& value) {
  Manifest m;
  m.abi = read_abi(value);
  const Object o(value, "",
                 {"id", "version", "abi", "summary", "checks", "facts", "options", "services", "limits"});
  m.id = o.text("id");
  if (const auto fault = fault_of_plugin_id(m.id); !fault.empty())
    refuse("id: " + json_quoted(m.id) + " is not a reverse domain name such as org.example.check: " + fault);
  m.version = o.text("version");
  if (!is_version(m.version)) refuse("version is not a short word such as 1.0.0");
  m.summary = o.text_or("summary", "");
  o.need("checks");
  o.each("checks", [&](const json& v, const std::string& path) {
    add_once(m.checks, read_check(v, path), &CheckSpec::id, path + ".id");
  });
  o.each("facts", [&](const json& v, const std::string& path) {
    add_once(m.facts, read_fact(v, path), &FactSpec::kind, path + ".kind");
  });
  m.options = read_options(o);
  m.services = o.texts("services");
  m.limits = read_limits(o);
  return m;
}

}  // namespace

const CheckSpec* Manifest::check(std::string_view id) const {
  const auto at = std::find_if(checks.begin(), checks.end(), [&](const auto& c) { return c.id == id; });
  return at == checks.end() ? nullptr : &*at;
}

const FactSpec* Manifest::fact(std::string_view kind) const {
  const auto at = std::find_if(facts.begin(), facts.end(), [&](const auto& f) { return f.kind == kind; });
  return at == facts.end() ? nullptr : &*at;
}

std::string_view short_name(std::string_view id) {
  const auto dot = id.find_last_of('.');
  return dot == id.npos || dot + 1 == id.size() ? id : id.substr(dot + 1);
}

std::string manifest_section(std::string_view elf) {
  const auto header = elf_header(elf);
  slice(elf, header.e_shoff, uint64_t{header.e_shnum} * sizeof(Elf64_Shdr));
  const auto section = [&](uint64_t i) {
    return read_at<Elf64_Shdr>(elf, header.e_shoff + i * sizeof(Elf64_Shdr));
  };
  const auto name_table = section(header.e_shstrndx);
  const auto names = slice(elf, name_table.sh_offset, name_table.sh_size);
  std::optional<std::string> found;
  for (uint64_t i = 0; i < header.e_shnum; ++i) {
    const auto s = section(i);
    if (name_at(names, s.sh_name) != section_name) continue;
    if (found) refuse("an ELF file with two sections .stet.manifest");
    // Such a section has no bytes of its own in the file, or not the ones it stands for.
    if (s.sh_type == SHT_NOBITS || (s.sh_flags & SHF_COMPRESSED))
      refuse("an ELF file with an unreadable manifest");
    found = slice(elf, s.sh_offset, s.sh_size);
  }
  if (!found) refuse("not a plugin: no section .stet.manifest");
  return *found;
}

Manifest parse_manifest(std::string_view text) {
  try {
    if (text.size() > max_manifest_bytes) refuse("it is over 1 MiB");
    return read_manifest(parse_foreign_json(text));
  } catch (const std::runtime_error& e) {
    refuse(std::string("manifest: ") + e.what());
  }
}

}  // namespace stet
