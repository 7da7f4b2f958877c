// Owning a C library's object: std::unique_ptr<T, FreeWith<t_free>>.
#pragma once

namespace stet {

template <auto free>
struct FreeWith {
  template <typename T>
  void operator()(T* value) const {
    free(value);
  }
};

}  // namespace stet
