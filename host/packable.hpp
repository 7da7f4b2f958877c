// An object made ready for a pack: hashed, made a delta, deflated. That is most of what writing one costs,
// and can be done by many threads at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "deflate.hpp"
#include "git_object.hpp"

namespace stet {

// An object that another is much like.
struct DeltaBase {
  ObjectId id;
  std::string_view bytes;
};

struct Packable {
  ObjectId id{};
  ObjectType type = ObjectType::blob;
  std::optional<ObjectId> base;  // of which it is a delta
  size_t size = 0;               // of what is deflated: the object, or the delta
  std::string deflated;
};

// A delta against `base` when that takes less than half the space.
Packable make_packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                       const std::optional<DeltaBase>& base, Deflater& deflater);

// The same for who has time to see what is smaller: a delta when it saves at least an eighth.
Packable make_small_packable(const ObjectId& id, ObjectType type, std::string_view bytes,
                             const std::optional<DeltaBase>& base, Deflater& deflater);

}  // namespace stet
