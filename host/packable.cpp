#include "packable.hpp"

#include "delta.hpp"

namespace stet {

// A delta is not worth it for a small object; one that a reader needs a base for should save something.
constexpr size_t least_for_delta = 64;

Packable make_packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                       const std::optional<DeltaBase>& base, Deflater& deflater) {
  Packable made{id, type, {}, bytes.size(), {}};
  if (base && bytes.size() >= least_for_delta)
    if (const auto delta = make_delta(base->bytes, bytes, bytes.size() / 2)) {
      made.base = base->id;
      made.size = delta->size();
      deflater.append(*delta, made.deflated);
      return made;
    }
  deflater.append(bytes, made.deflated);
  return made;
}

}  // namespace stet
