// Reports made by hand for the tests of host/render.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "render/render.hpp"

namespace samples {

using namespace stet;
using nlohmann::json;

inline PluginRun plugin(std::string id, Outcome::Kind kind = Outcome::Kind::checked,
                        std::string reason = "") {
  PluginRun run{std::move(id), "1.2.3", std::string(64, 'a'), {}};
  run.outcome.kind = kind;
  run.outcome.reason = std::move(reason);
  run.outcome.confinement = "landlock, seccomp";
  return run;
}

// The range of the first `words` in the document's text.
inline Range at(const Document& document, const std::string& words) {
  const auto begin = document.text.find(words);
  if (begin == std::string::npos) throw std::logic_error("the sample has no \"" + words + "\"");
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + words.size())};
}

inline Finding finding(Range range, std::string message, Severity severity = Severity::error) {
  return {"org.example.test", "test-check", severity, range, std::move(message), {}, {}, {}};
}

inline Fact quote(Range range, const std::string& speaker) {
  json fields{{"type", "direct"}, {"cue", "said"}, {"speaker", nullptr}};
  if (!speaker.empty()) fields["speaker"] = {{"name", speaker}, {"mention", speaker}};
  return {"org.example.test", "quote", range, fields};
}

inline Fact date(Range range, const std::string& value) {
  return {"org.example.test", "date", range, {{"type", "DATE"}, {"value", value}}};
}

// A document with its report; the parts may be changed before rendering.
struct Sample {
  Document document;
  ReadReport report;
  std::vector<HistoryEntry> history;
  std::vector<std::string> keyids{"SHA256:abcdefg"};

  explicit Sample(std::string text, Format format = Format::text)
      : document(read_document(format == Format::text ? "ferry.txt" : "ferry.md", std::move(text), format)) {
    report.report.article = "ferry";
    report.report.revision = 2;
    report.report.observed = "2031-03-04T10:20:30Z";
    report.report.recorded = "2031-03-04T10:20:31Z";
    report.report.plugins.push_back(plugin("org.example.test"));
    report.document = {
        {"name", document.name}, {"size", document.bytes.size()}, {"gitBlob", std::string(40, 'b')}};
    report.document_sha256 = report.text_sha256 = std::string(64, 'c');
  }

  Outcome& outcome() { return report.report.plugins.front().outcome; }
  Rendering rendering() const { return {document, report, std::string(64, 'd'), keyids, history}; }
  std::string html() const { return render_html(rendering()); }
  std::string markdown() const { return render_markdown(rendering()); }
  std::string terminal(unsigned width = 80, bool colour = false) const {
    return render_terminal(document, report.report.plugins, width, colour);
  }
};

inline size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back() += c;
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

// What an article, a plugin or a name may hold to get out of its place.
inline const std::string hostile =
    "</script></style></title><img src=x onerror=alert(1)> \" onmouseover=\"x' {{{style}}} | `a` **b** "
    "[c](javascript:alert(1)) \x1b[31mred\x07 \u202Eevil\u202C \u0085 end";

}  // namespace samples
