// Has what a release's hardening guards, for hardening_test: a copy of foreign length, a large frame, an
// index.
#include <cstdio>
#include <cstring>
#include <span>
#include <vector>

namespace {

[[gnu::noinline]] std::size_t copied_length(const char* word) {
  char room[128 * 1024];
  std::strcpy(room, word);
  return std::strlen(room);
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::size_t> lengths;
  for (const char* word : std::span(words, static_cast<std::size_t>(count)))
    lengths.push_back(copied_length(word));
  std::printf("%zu\n", lengths[static_cast<std::size_t>(count) - 1]);
}
