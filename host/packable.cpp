#include "packable.hpp"

#include <utility>

#include "delta.hpp"

namespace stet {
namespace {

// A delta is not worth it for a small object; one that a reader needs a base for should save something.
constexpr size_t least_for_delta = 64;
// Text is seldom deflated to less than a quarter, and a delta is deflated too.
constexpr size_t sure_to_be_smaller = 4;

Packable packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                  const std::optional<ObjectId>& base, Deflater& deflater) {
  Packable made{id, type, base, bytes.size(), {}};
  deflater.append(bytes, made.deflated);
  return made;
}

}  // namespace

Packable make_packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                       const std::optional<DeltaBase>& base, Deflater& deflater) {
  if (base && bytes.size() >= least_for_delta)
    if (const auto delta = make_delta(base->bytes, bytes, bytes.size() / 2))
      return packable(id, type, *delta, base->id, deflater);
  return packable(id, type, bytes, {}, deflater);
}

Packable make_small_packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                             const std::optional<DeltaBase>& base, Deflater& deflater) {
  const auto delta = base ? make_delta(base->bytes, bytes, bytes.size()) : std::nullopt;
  if (!delta) return packable(id, type, bytes, {}, deflater);
  auto as_delta = packable(id, type, *delta, base->id, deflater);
  if (delta->size() < bytes.size() / sure_to_be_smaller) return as_delta;
  auto whole = packable(id, type, bytes, {}, deflater);
  const bool is_smaller = as_delta.deflated.size() <= whole.deflated.size() - whole.deflated.size() / 8;
  return is_smaller ? std::move(as_delta) : std::move(whole);
}

}  // namespace stet
