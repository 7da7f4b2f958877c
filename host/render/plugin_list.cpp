#include <algorithm>
#include <filesystem>
#include <numeric>

#include "lines.hpp"
#include "plugin_page.hpp"
#include "verdict.hpp"
#include "visible.hpp"

namespace stet {
namespace {

std::string state_of(const ChosenPlugin& plugin) {
  std::error_code error;
  if (plugin.image) return plugin.bundled ? "bundled" : "trusted";
  return std::filesystem::exists(plugin.file, error) ? "changed" : "missing";
}

std::vector<std::string> cells(const ChosenPlugin& p) {
  return {p.id, p.version, state_of(p), p.image ? counted(p.image->manifest().checks.size(), "check") : "",
          p.sha256().substr(0, 12)};
}

// As many columns from the left as the width holds, but never less than three: then the cells are words.
class Table {
 public:
  Table(const std::vector<std::vector<std::string>>& rows, unsigned width) {
    for (const auto& row : rows) {
      widths_.resize(std::max(widths_.size(), row.size()));
      for (size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], columns(row[i]));
    }
    while (width != 0 && widths_.size() > fewest && whole() > width) widths_.pop_back();
    fits_ = width == 0 || whole() <= width;
  }
  void print(const std::vector<std::string>& row, Lines& lines) const {
    for (size_t i = 0; i < widths_.size(); ++i) {
      const bool last = i + 1 == widths_.size();
      if (fits_)
        lines.exact(visible(row[i]) + (last ? "" : std::string(widths_[i] - columns(row[i]) + gap, ' ')));
      else
        lines.words(row[i]);
    }
  }

 private:
  static constexpr size_t fewest = 3, gap = 2;
  size_t whole() const { return std::accumulate(widths_.begin(), widths_.end(), gap * (widths_.size() - 1)); }
  std::vector<size_t> widths_;
  bool fits_;
};

}  // namespace

nlohmann::json to_json(const std::vector<ChosenPlugin>& plugins) {
  auto all = nlohmann::json::array();
  for (const auto& p : plugins) {
    nlohmann::json j{{"id", p.id},
                     {"version", p.version},
                     {"sha256", p.sha256()},
                     {"file", p.file.string()},
                     {"trust", state_of(p)}};
    if (!p.reason.empty()) j["reason"] = p.reason;
    all.push_back(std::move(j));
  }
  return all;
}

std::string render_plugin_list(const std::vector<ChosenPlugin>& plugins, unsigned width, bool colour) {
  if (plugins.empty()) return "no plugins\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& p : plugins) rows.push_back(cells(p));
  const Table table(rows, width);
  std::string out;
  Lines lines(out, width == 0 ? 0 : std::max(width, Lines::narrowest), colour);
  for (size_t i = 0; i < rows.size(); ++i) {
    table.print(rows[i], lines);
    lines.end();
    if (plugins[i].reason.empty()) continue;
    lines.exact(std::string(Lines::indent, ' '));
    lines.words(plugins[i].reason, style::red);
    lines.end();
  }
  return out;
}

}  // namespace stet
