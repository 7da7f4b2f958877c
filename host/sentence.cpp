#include "sentence.hpp"

namespace stet {

std::string without_name(const std::string& sentence, const std::string& name) {
  return sentence.starts_with(name + ": ") ? sentence.substr(name.size() + 2) : sentence;
}

}  // namespace stet
