// Ids of articles that look like one another though they are not the same: a Cyrillic "с" in the place of a
// "c".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stet {

// Whether two ids have one skeleton (Unicode Technical Standard 39) and differ in a character outside ASCII.
// Ids that differ in ASCII alone, such as article-10 and article-1o, are told apart by whoever made them.
bool look_alike(std::string_view a, std::string_view b);

// The ids of a ledger, by what they look like.
class LookAlikes {
 public:
  explicit LookAlikes(const std::vector<std::string>& ids);
  void add(const std::string& id);
  // Another id that looks like this one. Nothing for an id that is ASCII throughout: it is the plain one of
  // the two.
  std::optional<std::string> of(const std::string& id) const;

 private:
  std::unordered_multimap<std::string, std::string> by_skeleton_;
};

// Throws std::runtime_error naming both ids when a new one looks like one that is known.
void demand_distinct(const std::string& id, const LookAlikes& known);

bool is_ascii(std::string_view text);

}  // namespace stet
