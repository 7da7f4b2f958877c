# One source, built by two compilers with two C++ libraries, the older string ABI, and a library of its own
# inside: every one must say the same, to the byte, under one host.
. "$(dirname "$0")/shared.sh"

words="-std=c++17 -I $sdk $here/words.cpp"
build gcc.so "$here/words.json" g++ $words
said gcc.so >"$work/expected"
for must in repeated '"total":"1' "3'456" 'refuse this'; do
  grep -q -e "$must" "$work/expected" || refused g++ "says nothing of $must"
done

build old-strings.so "$here/words.json" g++ -D_GLIBCXX_USE_CXX11_ABI=0 $words
same "g++, strings from before C++11" old-strings.so
build static.so "$here/words.json" g++ -static-libstdc++ -static-libgcc $words
same "g++, its library inside" static.so
build cxx20.so "$here/words.json" g++ -std=c++20 -O0 -g ${words#-std=c++17}
same "g++, C++20, not optimised" cxx20.so

if ! command -v clang++ >/dev/null || ! echo '#include <version>' | clang++ -stdlib=libc++ -x c++ -fsyntax-only - 2>/dev/null; then
  echo "clang++ or libc++ is not here (Debian: clang libc++-dev libc++abi-dev)"
  exit 77
fi
build clang.so "$here/words.json" clang++ $words
same "clang++, libstdc++" clang.so
# Beside the host's libstdc++, which the loader finds first, libc++ cannot keep hold of an exception
# (std::exception_ptr, nested ones); inside the plugin it can.
build libcxx.so "$here/words.json" clang++ -stdlib=libc++ -DWITHOUT_NESTED $words
same "clang++, libc++" libcxx.so
build libcxx-static.so "$here/words.json" clang++ -stdlib=libc++ -static-libstdc++ $words
same "clang++, libc++ inside" libcxx-static.so
readelf -d "$work/libcxx.so" | grep -q 'libc++.so' || refused "clang++, libc++" "is not linked with it"
