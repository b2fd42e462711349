#include "media/base/blocking.h"

#include <span>
#include <string_view>

#ifndef NDEBUG

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace meanwhile {
namespace {

// Of this thread; nullopt: it may wait.
thread_local std::optional<std::span<const BlockingException>> exceptions_here;

const char* words(Blocking kind) {
  switch (kind) {
    case Blocking::DiskSync:
      return "the disk";
    case Blocking::Database:
      return "a database";
    case Blocking::Storage:
      return "a library's place";
    case Blocking::Bus:
      return "another program on the bus";
    case Blocking::Join:
      return "a thread to end";
    case Blocking::Process:
      return "a program to end";
  }
  return "";
}

}  // namespace

NoBlockingHere::NoBlockingHere(std::span<const BlockingException> allowed) {
  assert(!exceptions_here);
  exceptions_here = allowed;
}

NoBlockingHere::~NoBlockingHere() {
  exceptions_here.reset();
}

void may_block(Blocking kind, std::string_view what) {
  if (!exceptions_here) return;
  const std::string_view name = what.substr(what.rfind('/') + 1);
  const auto allows = [&](const BlockingException& one) {
    return one.kind == kind && (one.what.empty() || one.what == name);
  };
  if (std::ranges::any_of(*exceptions_here, allows)) return;
  std::fprintf(stderr, "A thread that must not wait would wait for %s: %.*s\n", words(kind),
               static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace meanwhile

#endif
