// These tests decode as the program does, in processes of their own; with MEANWHILE_DECODER=inside in this
// one.
#include <gtest/gtest.h>

#include "media/play/decoding_place.h"

namespace meanwhile::test {
namespace {

class DecodersApart final : public testing::Environment {
 public:
  void SetUp() override { decode_apart(DECODER_PROGRAM); }
};

[[maybe_unused]] const testing::Environment* const kDecodersApart =
    testing::AddGlobalTestEnvironment(new DecodersApart);

}  // namespace
}  // namespace meanwhile::test
