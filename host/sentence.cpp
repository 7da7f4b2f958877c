#include "sentence.hpp"

namespace stet {

std::string without_name(const std::string& sentence, const std::string& name) {
  return sentence.starts_with(name + ": ") ? sentence.substr(name.size() + 2) : sentence;
}

std::string naming(const std::string& name, const std::string& why) {
  return why.starts_with(name + ": ") ? why : name + ": " + why;
}

std::string counted_entries(uint64_t number) {
  return std::to_string(number) + (number == 1 ? " entry" : " entries");
}

}  // namespace stet
