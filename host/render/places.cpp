#include "places.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "visible.hpp"

namespace stet {
namespace {

constexpr size_t related_limit = 20;

bool counted_in_bytes(const Document& d) {
  return d.format != Format::text && !d.map.runs.empty();
}

auto order(const PlacedFinding& p) {
  const auto& f = *p.finding;
  return std::tuple(!p.whole(), p.in_text.begin, UINT32_MAX - p.in_text.end, 3 - static_cast<int>(f.severity),
                    std::string_view(f.plugin), std::string_view(f.check), std::string_view(f.message));
}

std::vector<uint32_t> wanted_offsets(const Document& document, const std::vector<PlacedFinding>& placed) {
  std::vector<uint32_t> offsets;
  for (const auto& p : placed) {
    offsets.push_back(p.in_source.begin);
    for (size_t i = 0; i < p.related.size(); ++i)
      offsets.push_back(source_range(document, within(document.text, p.finding->related[i])).begin);
  }
  return offsets;
}

// Glyphs on one side of a range, nearest first, up to the line's end or one column over the limit.
struct Side {
  std::vector<Glyph> glyphs;
  unsigned columns = 0;
  bool cut = false;

  void shorten(unsigned limit) {
    if (columns <= limit && !cut) return;
    while (!glyphs.empty() && columns + 1 > limit) {
      columns -= glyphs.back().columns;
      glyphs.pop_back();
    }
    cut = limit > 0;
    columns += cut ? 1 : 0;  // the ellipsis
  }
};

Side before_range(std::string_view text, uint32_t begin, unsigned limit) {
  Side side;
  for (size_t at = begin; at > 0 && text[at - 1] != '\n';) {
    if (side.columns > limit) {
      side.cut = true;
      break;
    }
    side.glyphs.push_back(previous_glyph(text, at));
    side.columns += side.glyphs.back().columns;
  }
  return side;
}

Side after_range(std::string_view text, uint32_t end, unsigned limit) {
  Side side;
  for (size_t at = end; at < text.size() && text[at] != '\n' && text.substr(at, 2) != "\r\n";) {
    if (side.columns > limit) {
      side.cut = true;
      break;
    }
    side.glyphs.push_back(next_glyph(text, at));
    side.columns += side.glyphs.back().columns;
  }
  return side;
}

std::string joined(const std::vector<Glyph>& glyphs) {
  std::string out;
  for (const auto& g : glyphs) out += g.shown;
  return out;
}

// The range up to its first line's end, looking no further than the columns could need.
std::string_view first_line(std::string_view text, Range range, unsigned columns) {
  auto line = text.substr(range.begin, std::min<size_t>(range.end - range.begin, size_t{columns} * 16 + 64));
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view source_text(const Document& d) {
  return counted_in_bytes(d) ? d.bytes : d.text;
}

Range source_range(const Document& d, Range in_text) {
  return counted_in_bytes(d) ? within(d.bytes, d.to_bytes(in_text)) : in_text;
}

std::vector<Position> positions(std::string_view text, const std::vector<uint32_t>& offsets) {
  std::vector<size_t> ascending(offsets.size());
  std::iota(ascending.begin(), ascending.end(), size_t{0});
  std::ranges::sort(ascending, {}, [&](size_t i) { return offsets[i]; });
  std::vector<Position> found(offsets.size());
  Position now{1, 1};
  size_t at = 0;
  for (const size_t i : ascending) {
    const size_t target = std::min<size_t>(offsets[i], text.size());
    for (; at < target; ++at) {
      if (text[at] == '\n')
        now = {now.line + 1, 1};
      else if (at + 1 >= text.size() || (static_cast<unsigned char>(text[at + 1]) & 0xC0) != 0x80)
        ++now.column;
    }
    found[i] = now;
  }
  return found;
}

std::string to_string(Position p) {
  return std::to_string(p.line) + ":" + std::to_string(p.column);
}

std::vector<PlacedFinding> placed_findings(const Document& document, const std::vector<PluginRun>& plugins) {
  std::vector<PlacedFinding> placed;
  for (const auto& run : plugins)
    for (const auto& f : run.outcome.findings) {
      PlacedFinding p;
      p.finding = &f;
      p.in_text = within(document.text, f.range);
      p.in_source = source_range(document, p.in_text);
      p.related.resize(std::min(f.related.size(), related_limit));
      placed.push_back(std::move(p));
    }
  std::ranges::sort(placed, {}, order);
  const auto found = positions(source_text(document), wanted_offsets(document, placed));
  size_t next = 0;
  for (auto& p : placed) {
    p.number = static_cast<size_t>(&p - placed.data()) + 1;
    p.at = found[next++];
    for (auto& r : p.related) r = found[next++];
  }
  return placed;
}

Excerpt excerpt(std::string_view text, Range range, unsigned limit) {
  range = within(text, range);
  const auto line = first_line(text, range, limit);
  Excerpt e{{}, clipped(line, limit), {}};
  const auto taken = static_cast<unsigned>(columns(e.marked));
  const unsigned left = limit - std::min(limit, taken);
  const bool ends_here = range.begin + line.size() == range.end || text[range.begin + line.size()] == '\n';
  auto before = before_range(text, range.begin, limit);
  auto after =
      ends_here ? after_range(text, static_cast<uint32_t>(range.begin + line.size()), limit) : Side{};
  if (before.columns + after.columns > left) {
    const unsigned back = std::max(left / 2, left - std::min(left, before.columns));
    after.shorten(std::min(back, left));
    before.shorten(left - std::min(left, after.columns));
  }
  std::ranges::reverse(before.glyphs);
  e.before = (before.cut ? "…" : "") + joined(before.glyphs);
  e.after = joined(after.glyphs) + (after.cut ? "…" : "");
  return e;
}

}  // namespace stet
