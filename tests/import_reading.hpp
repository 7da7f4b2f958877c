// What an import's source gives, from its first document to its last.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "import_source.hpp"

namespace stet::testing {

struct Read {
  std::vector<Incoming> documents;
  std::vector<std::string> faults;
};

inline Read read(const std::filesystem::path& path, const std::optional<std::string>& git_path = {}) {
  Read all;
  const auto source = open_import_source(path, git_path);
  const auto fault = [&](const std::string& where, const std::string& why) {
    all.faults.push_back(std::filesystem::path(where).filename().string() + ": " + why);
  };
  while (auto next = source->next(fault)) all.documents.push_back(*next);
  CHECK(source->progress().done == source->progress().total);
  return all;
}

inline std::string summary(const Incoming& in) {
  return in.article + " " + in.observed + " " + in.bytes;
}

inline std::vector<std::string> summaries(const std::vector<Incoming>& all) {
  std::vector<std::string> lines;
  for (const auto& in : all) lines.push_back(summary(in));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace stet::testing
