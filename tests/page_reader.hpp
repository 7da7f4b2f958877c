// Reads the tags of a page strictly, to find what a browser would have to guess at.
#pragma once

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace samples {

// A tag of a page: its name, its attributes, and the offset behind it.
struct Tag {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  size_t end = 0;
  bool closing = false;

  std::string attribute(const std::string& key) const {
    for (const auto& [k, v] : attributes)
      if (k == key) return v;
    return {};
  }
};

// Reads a tag strictly: what this reader refuses, a browser might read in a way of its own.
inline Tag read_tag(const std::string& page, size_t at) {
  Tag tag;
  const auto fail = [&](const char* why) {
    throw std::runtime_error(std::string(why) + ": " + page.substr(at, 60));
  };
  size_t i = at + 1;
  if (page[i] == '/') tag.closing = true, ++i;
  while (i < page.size() && (std::isalnum(static_cast<unsigned char>(page[i])) || page[i] == '-'))
    tag.name += page[i++];
  if (tag.name.empty()) fail("a bare <");
  while (page[i] == ' ') {
    std::string key, value;
    for (++i; std::isalpha(static_cast<unsigned char>(page[i])) || page[i] == '-'; ++i) key += page[i];
    if (key.empty()) fail("an attribute without a name");
    if (page[i] == '=') {
      if (page[++i] != '"') fail("an attribute without quotes");
      const auto end = page.find('"', i + 1);
      value = page.substr(i + 1, end - i - 1);
      i = end + 1;
    }
    tag.attributes.emplace_back(key, value);
  }
  if (page[i] != '>') fail("a tag that does not end");
  tag.end = i + 1;
  return tag;
}

// All tags of a page; throws when they do not nest.
inline std::vector<Tag> tags_of(std::string page) {
  const std::set<std::string> empty{"meta", "input", "br"};
  if (page.starts_with("<!DOCTYPE html>\n")) page = page.substr(16);
  const auto style = page.find("<style>"), style_end = page.find("</style>");
  if (style != std::string::npos) page.erase(style + 7, style_end - style - 7);
  std::vector<Tag> tags;
  std::vector<std::string> open;
  for (size_t i = page.find('<'); i != std::string::npos; i = page.find('<', i)) {
    auto tag = read_tag(page, i);
    i = tag.end;
    if (tag.closing) {
      if (open.empty() || open.back() != tag.name)
        throw std::runtime_error("</" + tag.name + "> closes " + (open.empty() ? "nothing" : open.back()));
      open.pop_back();
    } else if (!empty.contains(tag.name)) {
      if (tag.name == "a" && std::ranges::count(open, "a") > 0) throw std::runtime_error("a link in a link");
      open.push_back(tag.name);
    }
    tags.push_back(std::move(tag));
  }
  if (!open.empty()) throw std::runtime_error("<" + open.back() + "> is never closed");
  return tags;
}

inline std::string unescaped(std::string text) {
  for (const auto& [from, to] : std::initializer_list<std::pair<std::string, std::string>>{
           {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
    for (size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size()))
      text.replace(i, from.size(), to);
  return text;
}

// The words of a page's article, without what the page adds to them.
inline std::string own_words(const std::string& article) {
  std::string out;
  std::vector<bool> added;
  for (size_t i = 0; i < article.size();) {
    if (article[i] != '<') {
      if (std::ranges::none_of(added, std::identity{})) out += article[i];
      ++i;
      continue;
    }
    const auto tag = read_tag(article, i);
    const auto shape = tag.attribute("class");
    if (tag.closing)
      added.pop_back();
    else
      added.push_back(tag.name == "sup" || shape.starts_with("label") || shape.starts_with("margin") ||
                      shape.starts_with("notes"));
    i = tag.end;
  }
  return unescaped(out);
}

inline std::string without_space(const std::string& text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ' ' && c != '\n'; });
  return out;
}

}  // namespace samples
