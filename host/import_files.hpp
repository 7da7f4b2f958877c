// Which file each article of an import is taken from: two files of one id are one article only where both
// state one url.
#pragma once

#include <string>
#include <unordered_map>

#include "import_source.hpp"

namespace stet {

// Files are called here as messages call them.
class ArticleFiles {
 public:
  // Why what was read of `file` is no revision of the article that it would be one of. Empty where it is: the
  // article is new, or was taken from this very file before, or from one that states the same url and was
  // seen at another time or has the same bytes. Then this is the file that the article is taken from.
  std::string why_not_its_own(const std::string& file, const Incoming& in);
  // Null for none.
  const std::string* file_of(const std::string& article) const;
  // Its file is there no longer: whichever comes next may go on with it.
  void forget(const std::string& article) { taken_.erase(article); }

 private:
  struct Taken {
    std::string file;
    std::optional<std::string> url;
    std::string observed;
    size_t bytes;  // hashed
  };
  std::unordered_map<std::string, Taken> taken_;  // by article
};

// "its article would be ..., which is OTHER: ..."
std::string is_also(const std::string& article, const std::string& other);

}  // namespace stet
