#include "import_files.hpp"

#include <functional>

namespace stet {

std::string is_also(const std::string& article, const std::string& other) {
  return "its article would be \"" + article + "\", which is " + other +
         ": two files, and no one url that both state";
}

std::string ArticleFiles::why_not_its_own(const std::string& file, const Incoming& in) {
  Taken now{file, in.stated_url, in.observed, std::hash<std::string>()(in.bytes)};
  const auto [found, is_new] = taken_.try_emplace(in.article, now);
  auto& before = found->second;
  if (is_new) return "";
  if (now.file != before.file) {
    if (!now.url || now.url != before.url) return is_also(in.article, before.file);
    if (now.observed == before.observed && now.bytes != before.bytes)
      return "states the url " + *now.url + ", as " + before.file +
             " does, with other bytes and the same time";
  }
  before = std::move(now);
  return "";
}

const std::string* ArticleFiles::file_of(const std::string& article) const {
  const auto found = taken_.find(article);
  return found == taken_.end() ? nullptr : &found->second.file;
}

}  // namespace stet
