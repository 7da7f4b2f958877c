// Nothing that a plugin says reaches the terminal but through visible() (Lines sees to it).
#include "plugin_page.hpp"

#include <algorithm>

#include "../plugin.hpp"
#include "lines.hpp"

namespace stet {
namespace {

using nlohmann::json;

// Headings at the margin, entries two columns in, what belongs to an entry four; lines that go on, eight.
class Page {
 public:
  Page(std::string& out, unsigned width, bool colour)
      : lines_(out, width == 0 ? 0 : std::max(width, Lines::narrowest), colour) {}

  void heading(std::string_view text) {
    lines_.words(text, style::bold);
    lines_.end();
  }
  // A name, and what there is to say of it.
  void entry(std::string_view name, std::string_view text, std::string_view style = {}) {
    begin(2);
    lines_.words(name, style);
    lines_.words(text);
    lines_.end();
  }
  void below(std::string_view text) {
    begin(4);
    lines_.words(text);
    lines_.end();
  }
  void paragraph(std::string_view text, unsigned margin = 4) {
    lines_.exact(std::string(margin, ' '));
    lines_.hang(margin);
    lines_.words(text);
    lines_.end();
  }
  void title(std::string_view name, std::string_view rest) {
    lines_.words(name, style::bold);
    lines_.words(rest);
    lines_.end();
  }

 private:
  void begin(unsigned margin) {
    lines_.exact(std::string(margin, ' '));
    lines_.hang(8);
  }
  Lines lines_;
};

void print_checks(Page& page, const Manifest& manifest) {
  page.heading("checks");
  for (const auto& c : manifest.checks) {
    page.entry(c.id, "(" + std::string(name(c.severity)) + "): " + c.summary, style::bold);
    if (!c.help.empty()) page.paragraph(c.help);
  }
  if (manifest.checks.empty()) page.entry("none", "");
}

std::string named(const ChangeRule& rule) {
  return rule.change + " (" + std::string(name(rule.severity)) + ")";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

void print_fact(Page& page, const FactSpec& fact) {
  page.entry(fact.kind, fact.label == fact.kind ? "" : "(\"" + fact.label + "\" in messages)", style::bold);
  for (const auto& rule : fact.changes)
    page.below((rule.field == "text" ? "other words in it: " : "another " + rule.field + ": ") + named(rule));
  const auto came = [&](const char* event, const std::optional<ChangeRule>& rule) {
    if (rule) page.below(event + named(*rule));
  };
  came("a new one: ", fact.added);
  came("one that is gone with its words: ", fact.removed);
  came("words that stood there before become one: ", fact.marked);
  came("words that still stand there are none any more: ", fact.unmarked);
  if (!fact.identity.empty()) page.below("it stays the same one while it keeps its " + joined(fact.identity));
}

void print_facts(Page& page, const Manifest& manifest) {
  if (manifest.facts.empty()) return;
  page.heading("facts, and what stet says when one changes between revisions");
  for (const auto& fact : manifest.facts) print_fact(page, fact);
}

// "array of string", "one of a, b", "integer".
std::string type_words(const json& schema) {
  if (schema.contains("enum")) {
    std::vector<std::string> values;
    for (const auto& v : schema["enum"]) values.push_back(v.is_string() ? v.get<std::string>() : v.dump());
    return "one of " + joined(values);
  }
  const auto type = schema.value("type", json());
  std::string words = type.is_string() ? type.get<std::string>() : "any value";
  if (words == "string" && schema.value("format", json()) == "stet-file") return "name of a file";
  if (words == "array" && schema.contains("items") && schema["items"].is_object())
    words += " of " + type_words(schema["items"]);
  return words;
}

std::string option_words(const json& schema) {
  std::string words = "(" + type_words(schema);
  if (schema.contains("minimum")) words += ", from " + schema["minimum"].dump();
  if (schema.contains("maximum")) words += ", at most " + schema["maximum"].dump();
  if (schema.contains("default")) words += ", default " + schema["default"].dump();
  words += ")";
  const auto about = schema.value("description", json());
  return about.is_string() ? words + ": " + about.get<std::string>() : words;
}

void print_options(Page& page, const Manifest& manifest) {
  const auto properties = manifest.options.value("properties", json());
  if (!properties.is_object() || properties.empty()) return;
  page.heading("options");
  for (const auto& [key, schema] : properties.items())
    page.entry(key, schema.is_object() ? option_words(schema) : "", style::bold);
}

void print_services(Page& page, const Manifest& manifest) {
  if (manifest.services.empty()) return;
  page.heading("services it asks for");
  for (const auto& service : manifest.services) {
    page.entry(service, has_service(service) ? "" : "(this stet does not have it)", style::bold);
  }
}

void print_limits(Page& page, const Manifest& manifest) {
  page.heading("limits for one document");
  page.entry(std::to_string(manifest.limits.deadline_ms) + " ms and " +
                 std::to_string(manifest.limits.memory_mb) + " MB",
             "");
}

void print_confinement(Page& page, const PluginPage& shown) {
  page.heading("how it would be confined on this machine");
  page.entry(shown.confinement, "");
}

void print_file(Page& page, const PluginPage& shown) {
  page.heading("file");
  page.entry(shown.plugin.file().string(), "");
  page.entry("SHA-256", shown.plugin.sha256());
  switch (shown.trust.kind) {
    case TrustState::Kind::bundled: return page.entry("it ships with stet, and runs", "");
    case TrustState::Kind::trusted: return page.entry("it is trusted, and runs", "");
    case TrustState::Kind::changed:
      page.entry("it changed after it was trusted,", "and does not run; trusted was", style::red);
      page.below(shown.trust.pinned);
      return page.entry("if the change is yours:", "stet plugin trust " + shown.plugin.file().string());
    case TrustState::Kind::not_trusted:
      return page.entry("it is not trusted,",
                        "and does not run; allow it with: stet plugin trust " + shown.plugin.file().string(),
                        style::red);
  }
}

}  // namespace

std::string render_plugin(const PluginPage& shown, unsigned width, bool colour) {
  std::string out;
  Page page(out, width, colour);
  const auto& m = shown.plugin.manifest();
  page.title(m.id, m.version + " (" + std::string(name(shown.trust.kind)) + ")");
  if (!m.summary.empty()) page.paragraph(m.summary, 2);
  print_checks(page, m);
  print_facts(page, m);
  print_options(page, m);
  print_services(page, m);
  print_limits(page, m);
  print_confinement(page, shown);
  print_file(page, shown);
  return out;
}

std::string render_plugin_claims(const Manifest& manifest, unsigned width, bool colour) {
  std::string out;
  Page page(out, width, colour);
  page.title(manifest.id, manifest.version);
  if (!manifest.summary.empty()) page.paragraph(manifest.summary, 2);
  print_checks(page, manifest);
  print_facts(page, manifest);
  print_services(page, manifest);
  return out;
}

}  // namespace stet
