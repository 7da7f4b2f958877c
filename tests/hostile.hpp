// What the tests of hostile plugins share: images of the fixtures, documents for them, damaged copies, and
// the lines that they print.
#pragma once

#include <elf.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "document.hpp"
#include "files.hpp"
#include "plugin_image.hpp"
#include "sandbox.hpp"
#include "scratch.hpp"
#include "shared_document.hpp"
#include "worker.hpp"

namespace stet::testing {

inline std::filesystem::path hostile_file(const std::string& name) {
  return std::filesystem::path(STET_HOSTILE_DIR) / (name + ".so");
}

inline std::string hostile_bytes(const std::string& name) {
  return read_file(hostile_file(name), max_plugin_bytes);
}

inline std::shared_ptr<const PluginImage> image_of(const std::string& bytes) {
  const Scratch scratch;
  write_file(scratch / "plugin.so", bytes);
  return std::make_shared<const PluginImage>(scratch / "plugin.so");
}

inline std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  const auto at = bytes.find(from);
  if (at == bytes.npos || from.size() != to.size()) throw std::runtime_error("cannot replace " + from);
  return bytes.replace(at, from.size(), to);
}

// A copy of fixture `acts` that does what `word` says while it is loaded.
inline std::string acting_at_load(const std::string& word) {
  const std::string field = "at-load:nothing" + std::string(17, '\0');
  auto armed = "at-load:" + word;
  armed.resize(field.size(), '\0');
  return replaced(hostile_bytes("acts"), field, armed);
}

// Its section `name` after `change`, which gets the header and all the bytes of the file.
template <class Change>
std::string with_section(std::string elf, const std::string& name, Change change) {
  const auto read = [&](auto& value, size_t at) { std::memcpy(&value, elf.data() + at, sizeof value); };
  Elf64_Ehdr file{};
  Elf64_Shdr names{}, section{};
  read(file, 0);
  read(names, file.e_shoff + file.e_shstrndx * sizeof names);
  for (size_t i = 0; i < file.e_shnum; ++i) {
    const auto at = file.e_shoff + i * sizeof section;
    read(section, at);
    if (elf.c_str() + names.sh_offset + section.sh_name != name) continue;
    change(section, elf);
    std::memcpy(elf.data() + at, &section, sizeof section);
    return elf;
  }
  throw std::runtime_error("no section " + name);
}

// A document of one paragraph.
inline Document paragraph(const std::string& text) {
  Document d;
  d.name = "test";
  d.bytes = d.text = text;
  d.nodes.push_back({NodeKind::paragraph, no_parent, {0, static_cast<uint32_t>(text.size())}, ""});
  return d;
}

inline std::shared_ptr<const SharedDocument> shared_paragraph(const std::string& text) {
  const auto document = paragraph(text);
  return std::make_shared<const SharedDocument>(Reading{document});
}

inline std::shared_ptr<const PluginImage> image(const std::string& fixture) {
  return std::make_shared<const PluginImage>(hostile_file(fixture));
}

// A plugin aims at the host by its process id, here of as many digits everywhere.
inline std::string text_of(const std::string& word) {
  const auto id = std::to_string(getpid());
  return word + " " + std::string(10 - id.size(), '0') + id + " “We go,” she said.";
}

inline Outcome check(Worker& worker, const std::string& text) {
  return worker.verify(shared_paragraph(text)).get();
}

// All that it gave, to be compared.
inline std::string said(const Outcome& outcome) {
  std::string all(name(outcome.kind));
  for (const auto& f : outcome.findings) all += "\n" + to_json(f).dump();
  for (const auto& f : outcome.facts) all += "\n" + to_json(f).dump();
  return all;
}

inline bool holds(const std::string& reason, const std::string& expected) {
  if (!expected.ends_with('*')) return reason == expected;
  return reason.starts_with(expected.substr(0, expected.size() - 1));
}

inline void print_line(const std::string& name, const Outcome& outcome, long ms) {
  std::printf("%-28s %-10s %6ld  %s\n", name.c_str(), std::string(stet::name(outcome.kind)).c_str(), ms,
              outcome.reason.c_str());
}

// Where nothing keeps them from what they try, they must not try it.
inline bool is_confined() {
  return !sandbox::built_with_sanitizers() && sandbox::describe().find("; no ") == std::string::npos;
}

}  // namespace stet::testing
