// What the compiler and the linker made of a release (third_party/toolchain.cmake), as it stands in the
// program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "tests/support/environment.h"

namespace meanwhile::test {
namespace {

using testing::AnyOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string kProgram = HARDENED_PROGRAM;

struct Said {
  int status = 0;
  std::string text;
};

Said said_by(const std::vector<std::string>& arguments) {
  const ScopedFolder folder;
  const auto output = folder.path() / "output";
  const auto status = run_program(arguments, {.environment = {{"LC_ALL", "C"}}, .output = output});
  std::ifstream file(output);
  return {status.value_or(-1), {std::istreambuf_iterator(file), {}}};
}

std::string readelf(const std::string& what) {
  return said_by({"readelf", "--wide", what, kProgram}).text;
}

TEST(Hardening, TheProgramLiesWhereTheSystemPutsIt) {
  EXPECT_THAT(readelf("--file-header"), ContainsRegex("Type: +DYN"));
}

TEST(Hardening, NothingThatTheLoaderFillsInStaysWritable) {
  EXPECT_THAT(readelf("--segments"), HasSubstr("GNU_RELRO"));
  EXPECT_THAT(readelf("--dynamic"), AnyOf(HasSubstr("BIND_NOW"), ContainsRegex("FLAGS_1.*NOW")));
}

TEST(Hardening, TheStackIsNoCode) {
  EXPECT_THAT(readelf("--segments"), Not(ContainsRegex("GNU_STACK.* RWE")));
}

TEST(Hardening, StacksCopiesAndIndicesAreChecked) {
  const auto symbols = readelf("--dyn-syms");
  EXPECT_THAT(symbols, HasSubstr("__stack_chk_fail"));
  EXPECT_THAT(symbols, ContainsRegex("__(str|mem|v?s?n?printf)[a-z]*_chk"));
  EXPECT_THAT(symbols, HasSubstr("__glibcxx_assert_fail"));
}

#ifdef __x86_64__
// Each page of a large frame is touched, and what is jumped to says that it may be.
TEST(Hardening, FramesAreProbedAndJumpsLandOnMarks) {
  const auto code = said_by({"objdump", "--disassemble", "--no-show-raw-insn", kProgram}).text;
  EXPECT_THAT(code, ContainsRegex("sub +\\$0x1000,%rsp\n[^\n]*or[a-z]* +\\$0x0,"));
  EXPECT_THAT(code, ContainsRegex("<main>:\n[^\n]*endbr64"));
}
#endif

TEST(Hardening, PassesTheDistributionsCheck) {
  // The mark for jumps is the C library's to keep: Debian 12's start code has none.
  const auto check = said_by({"hardening-check", "--nocfprotection", kProgram});
  if (check.status == -1) GTEST_SKIP() << "hardening-check (of the package devscripts) isn't installed";
  EXPECT_EQ(check.status, 0) << check.text;
}

}  // namespace
}  // namespace meanwhile::test
