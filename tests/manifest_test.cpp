#include "manifest.hpp"

#include <elf.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using nlohmann::json;

const json complete = json::parse(R"({
  "id": "org.example.words", "version": "1.2.3", "abi": 1, "summary": "Watches words.",
  "checks": [{"id": "bad-word", "severity": "error", "summary": "A bad word.", "help": "Use another."},
             {"id": "odd-word", "severity": "note", "summary": "An odd word."}],
  "facts": [{"kind": "word", "label": "word", "subject": "speaker.name", "identity": ["language"],
             "changes": [{"field": "text", "change": "word-altered", "severity": "error"}],
             "added": {"change": "word-added", "severity": "note"},
             "unmarked": {"change": "word-unmarked", "severity": "warning"}}],
  "options": {"type": "object", "properties": {"words": {"type": "array"}}, "additionalProperties": false},
  "services": ["stet.sources/1"],
  "limits": {"deadline_ms": 100, "memory_mb": 64}})");

const json least = json::parse(R"({"id": "org.example.a", "version": "1", "abi": 1, "checks": []})");

std::string error_of(const json& manifest) {
  try {
    stet::parse_manifest(manifest.dump());
    return "";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

// `complete` with the member at `pointer` set to `value`.
std::string error_with(const char* pointer, const json& value) {
  auto changed = complete;
  changed[json::json_pointer(pointer)] = value;
  return error_of(changed);
}

std::string error_without(const char* member) {
  auto changed = complete;
  changed.erase(member);
  return error_of(changed);
}

std::string section_error(std::string_view elf) {
  try {
    stet::manifest_section(elf);
    return "";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

const std::string& plugin() {
  static const std::string bytes = [] {
    std::ifstream in(std::filesystem::path(STET_HOSTILE_DIR) / "raw.so", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return bytes;
}

Elf64_Ehdr header() {
  Elf64_Ehdr h;
  std::memcpy(&h, plugin().data(), sizeof h);
  return h;
}

std::string with_header(const Elf64_Ehdr& h) {
  auto bytes = plugin();
  std::memcpy(bytes.data(), &h, sizeof h);
  return bytes;
}

// The plugin with each section header passed through `change`.
template <class Change>
std::string with_sections(Change change) {
  auto bytes = plugin();
  for (size_t i = 0; i < header().e_shnum; ++i) {
    char* at = bytes.data() + header().e_shoff + i * sizeof(Elf64_Shdr);
    Elf64_Shdr s;
    std::memcpy(&s, at, sizeof s);
    change(i, s);
    std::memcpy(at, &s, sizeof s);
  }
  return bytes;
}

// objcopy adds the manifest's section among the last; it is the one with the manifest's own bytes.
bool holds_manifest(const Elf64_Shdr& s) {
  return s.sh_type == SHT_PROGBITS && s.sh_offset < plugin().size() && plugin()[s.sh_offset] == '{' &&
         s.sh_flags == 0;
}

}  // namespace

TEST_CASE("a complete manifest is read to its last member") {
  const auto m = stet::parse_manifest(complete.dump());
  CHECK(m.id == "org.example.words");
  CHECK(m.version == "1.2.3");
  CHECK(m.abi == 1);
  CHECK(m.summary == "Watches words.");
  REQUIRE(m.check("bad-word"));
  CHECK(m.check("bad-word")->severity == stet::Severity::error);
  CHECK(m.check("bad-word")->help == "Use another.");
  CHECK(m.check("odd-word")->help.empty());
  CHECK_FALSE(m.check("other"));
  const auto* word = m.fact("word");
  REQUIRE(word);
  CHECK(word->subject == "speaker.name");
  CHECK(word->identity == std::vector<std::string>{"language"});
  REQUIRE(word->changes.size() == 1);
  CHECK(word->changes[0].field == "text");
  CHECK(word->changes[0].change == "word-altered");
  REQUIRE(word->added);
  CHECK(word->added->change == "word-added");
  CHECK(word->added->field.empty());
  CHECK_FALSE(word->removed);
  CHECK_FALSE(word->marked);
  REQUIRE(word->unmarked);
  CHECK(word->unmarked->severity == stet::Severity::warning);
  CHECK_FALSE(m.fact("other"));
  CHECK(m.options == complete["options"]);
  CHECK(m.services == std::vector<std::string>{"stet.sources/1"});
  CHECK(m.limits.deadline_ms == 100);
  CHECK(m.limits.memory_mb == 64);
}

TEST_CASE("what a manifest may leave out has a default") {
  const auto m = stet::parse_manifest(least.dump());
  CHECK(m.checks.empty());
  CHECK(m.options == json{{"type", "object"}, {"additionalProperties", false}});
  CHECK(m.limits.deadline_ms == 2000);
  CHECK(m.limits.memory_mb == 512);
  auto fact = least;
  fact["facts"] = {{{"kind", "word"}}};
  CHECK(stet::parse_manifest(fact.dump()).facts[0].label == "word");
}

TEST_CASE("a member that must be there is missed by name") {
  CHECK(error_without("id") == "manifest: id is missing");
  CHECK(error_without("version") == "manifest: version is missing");
  CHECK(error_without("abi") == "manifest: abi is missing, or not a whole number");
  CHECK(error_without("checks") == "manifest: checks is missing");
  CHECK(error_with("/checks/1", {{"id", "a"}, {"severity", "note"}}) ==
        "manifest: checks[1].summary is missing");
  CHECK(error_with("/facts/0/added", {{"severity", "note"}}) == "manifest: facts[0].added.change is missing");
}

TEST_CASE("an unknown member is refused by name, wherever it stands") {
  CHECK(error_with("/cheks", 1) == "manifest: unknown member \"cheks\"");
  CHECK(error_with("/checks/0/severty", 1) == "manifest: unknown member \"checks[0].severty\"");
  CHECK(error_with("/facts/0/changes/0/x", 1) == "manifest: unknown member \"facts[0].changes[0].x\"");
  CHECK(error_with("/facts/0/added/field", "a") == "manifest: unknown member \"facts[0].added.field\"");
  CHECK(error_with("/limits/cpu", 1) == "manifest: unknown member \"limits.cpu\"");
  CHECK(error_with("/\x1b[2J", 1) == "manifest: unknown member \"\\u001b[2J\"");
}

TEST_CASE("an id is a reverse domain name") {
  for (const char* good : {"org.example", "a.b", "org.example-site.check-2"})
    CHECK(error_with("/id", good).empty());
  for (const char* bad :
       {"words", "org..a", ".org", "org.", "Org.Example", "org.exämple", "org.-a", "org.a-", "a/b.c"})
    CHECK_THAT(error_with("/id", bad),
               Catch::StartsWith("manifest: id: " + json(bad).dump() +
                                 " is not a reverse domain name such as org.example.check: "));
  CHECK_THAT(error_with("/id", "org.Example"), Catch::EndsWith("it has a capital letter, 'E'"));
  CHECK(error_with("/id", "a." + std::string(98, 'b')).empty());
  CHECK_FALSE(error_with("/id", "a." + std::string(99, 'b')).empty());
  CHECK(error_with("/id", 7) == "manifest: id is not a text");
  CHECK(error_with("/id", "") == "manifest: id is not a text");
}

TEST_CASE("names of checks and kinds are plain and unique") {
  CHECK(error_with("/checks/0/id", "Bad") ==
        "manifest: checks[0].id: \"Bad\" is not made of a-z, 0-9 and '-'");
  CHECK(error_with("/checks/1/id", "bad-word") == "manifest: checks[1].id: \"bad-word\" is declared twice");
  CHECK(error_with("/facts/1", {{"kind", "word"}}) == "manifest: facts[1].kind: \"word\" is declared twice");
  CHECK(error_with("/facts/0/changes/0/change", "a b") ==
        "manifest: facts[0].changes[0].change: \"a b\" is not made of a-z, 0-9 and '-'");
}

TEST_CASE("a severity is one of three words") {
  CHECK(error_with("/checks/0/severity", "fatal") ==
        "manifest: checks[0].severity: \"fatal\" is none of note, warning, error");
  CHECK(error_with("/facts/0/unmarked/severity", 2) == "manifest: facts[0].unmarked.severity is not a text");
}

TEST_CASE("a limit out of range is an error, not a rounding") {
  CHECK(error_with("/limits/deadline_ms", 1).empty());
  CHECK(error_with("/limits/deadline_ms", 60000).empty());
  CHECK(error_with("/limits/memory_mb", 16).empty());
  CHECK(error_with("/limits/memory_mb", 4096).empty());
  for (const json& bad : {json(0), json(60001), json(-1), json(1.5), json("9"), json(18446744073709551615u)})
    if (!bad.is_number_unsigned() || bad < (1u << 31))
      CHECK(error_with("/limits/deadline_ms", bad) ==
            "manifest: limits.deadline_ms is not a whole number from 1 to 60000");
  CHECK(error_with("/limits/memory_mb", 15) ==
        "manifest: limits.memory_mb is not a whole number from 16 to 4096");
  CHECK(error_with("/limits/memory_mb", 4097) ==
        "manifest: limits.memory_mb is not a whole number from 16 to 4096");
  CHECK(error_with("/limits", json::array()) == "manifest: limits is not an object");
}

TEST_CASE("another ABI is named before anything else that such a manifest may hold") {
  auto later = complete;
  later["abi"] = 2;
  later["colour"] = "new in ABI 2";
  CHECK(error_of(later) == "manifest: needs plugin ABI 2, this stet has 1");
  CHECK(error_with("/abi", "1") == "manifest: abi is missing, or not a whole number");
}

TEST_CASE("a manifest of another shape is refused") {
  CHECK_THROWS_WITH(stet::parse_manifest("{"), "manifest: not JSON at byte 2");
  CHECK_THROWS_WITH(stet::parse_manifest(""), "manifest: not JSON at byte 1");
  CHECK_THROWS_WITH(stet::parse_manifest(std::string(100000, '[')), "manifest: JSON nested deeper than 64");
  CHECK_THROWS_WITH(stet::parse_manifest(std::string(2 << 20, ' ')), "manifest: it is over 1 MiB");
  CHECK_THROWS_WITH(stet::parse_manifest("[]"), "manifest: abi is missing, or not a whole number");
  CHECK(error_with("/checks", json::object()) == "manifest: checks is not an array");
  CHECK(error_with("/checks/0", "bad-word") == "manifest: checks[0] is not an object");
  CHECK(error_with("/services/0", 1) == "manifest: services[0] is not a text");
  CHECK(error_with("/options", {{"type", "array"}}) ==
        "manifest: options is not a JSON Schema of type object");
  CHECK(error_with("/version", "1 0") == "manifest: version is not a short word such as 1.0.0");
}

TEST_CASE("the section of a real plugin is found and is its manifest") {
  CHECK(stet::parse_manifest(stet::manifest_section(plugin())).id == "org.stet.hostile.raw");
}

TEST_CASE("what is no 64-bit ELF file with sections is refused in one sentence") {
  CHECK(section_error("") == "not an ELF file");
  CHECK(section_error("#!/bin/sh") == "not an ELF file");
  CHECK(section_error(std::string("\x7f"
                                  "ELF\x01",
                                  5)) == "a 32-bit ELF file");
  CHECK(section_error(std::string("\x7f"
                                  "ELF\x02",
                                  5)) == "a truncated ELF file");
  auto h = header();
  h.e_ident[EI_DATA] = ELFDATA2MSB;
  CHECK(section_error(with_header(h)) == "not a 64-bit little-endian ELF file");
  h = header();
  h.e_shnum = 0;
  CHECK(section_error(with_header(h)) == "an ELF file without a section table");
  h = header();
  h.e_shoff = 0;
  CHECK(section_error(with_header(h)) == "an ELF file without a section table");
}

TEST_CASE("offsets that lie do not lead out of the file") {
  const std::string outside = "an ELF file with a section that reaches beyond its end";
  auto h = header();
  h.e_shoff = UINT64_MAX - 7;
  CHECK(section_error(with_header(h)) == outside);
  h = header();
  h.e_shoff = plugin().size();
  CHECK(section_error(with_header(h)) == outside);
  h = header();
  h.e_shnum = UINT16_MAX;
  h.e_shstrndx = 1;
  CHECK(section_error(with_header(h)) == outside);
  h = header();
  h.e_shstrndx = h.e_shnum;
  CHECK(section_error(with_header(h)) == "an ELF file with a damaged section table");
  h = header();
  h.e_shentsize = 1;
  CHECK(section_error(with_header(h)) == "an ELF file with a damaged section table");

  CHECK(section_error(with_sections([](size_t, Elf64_Shdr& s) {
          if (holds_manifest(s)) s.sh_size = UINT64_MAX - s.sh_offset + 2;  // wraps around to 1
        })) == outside);
  CHECK(section_error(with_sections([](size_t i, Elf64_Shdr& s) {
          if (i == header().e_shstrndx) s.sh_offset = UINT64_MAX;
        })) == outside);
  CHECK(section_error(with_sections([](size_t, Elf64_Shdr& s) { s.sh_name = UINT32_MAX; })) ==
        "not a plugin: no section .stet.manifest");
}

TEST_CASE("a manifest that is there twice, compressed or without bytes is refused") {
  Elf64_Word name = 0;
  with_sections([&](size_t, Elf64_Shdr& s) {
    if (holds_manifest(s)) name = s.sh_name;
  });
  REQUIRE(name != 0);
  CHECK(section_error(with_sections([&](size_t i, Elf64_Shdr& s) {
          if (i == 1) s.sh_name = name;
        })) == "an ELF file with two sections .stet.manifest");
  CHECK(section_error(with_sections([](size_t, Elf64_Shdr& s) {
          if (holds_manifest(s)) s.sh_flags = SHF_COMPRESSED;
        })) == "an ELF file with an unreadable manifest");
  CHECK(section_error(with_sections([](size_t, Elf64_Shdr& s) {
          if (holds_manifest(s)) s.sh_type = SHT_NOBITS;
        })) == "an ELF file with an unreadable manifest");
}

TEST_CASE("a plugin cut anywhere is refused") {
  // The section table stands at the end, so that every cut hurts it.
  for (size_t size = 0; size < plugin().size(); size += 97)
    CHECK_FALSE(section_error(std::string_view(plugin()).substr(0, size)).empty());
}
