#include "media/play/apart/packets.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace meanwhile::test {
namespace {

class Packets : public testing::Test {
 protected:
  void SetUp() override {
    auto ends = make_packet_pair().value();
    here_ = std::move(ends.first);
    there_ = std::move(ends.second);
  }
  Descriptor here_;
  Descriptor there_;
};

TEST_F(Packets, KeepTheirBorders) {
  const std::uint16_t small = 7;
  const std::uint64_t large = 8;
  ASSERT_TRUE(send_packet(here_.get(), bytes_of(small)));
  ASSERT_TRUE(send_packet(here_.get(), bytes_of(large)));
  std::uint64_t received = 0;
  EXPECT_EQ(receive_packet(there_.get(), writable_bytes_of(received)), sizeof small);
  EXPECT_EQ(receive_packet(there_.get(), writable_bytes_of(received)), sizeof large);
  EXPECT_EQ(received, large);
}

TEST_F(Packets, ThatAreCutSayHowLongTheyWere) {
  ASSERT_TRUE(send_packet(here_.get(), bytes_of(std::uint64_t{1})));
  std::uint16_t room = 0;
  EXPECT_EQ(receive_packet(there_.get(), writable_bytes_of(room)), sizeof(std::uint64_t));
}

TEST_F(Packets, BringDescriptors) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const Descriptor reading(pipe[0]);
  Descriptor writing(pipe[1]);
  const std::array<int, 1> given{writing.get()};
  ASSERT_TRUE(send_packet(here_.get(), bytes_of('x'), given));
  writing = Descriptor();
  char said = 0;
  auto packet = receive_with_descriptors(there_.get(), writable_bytes_of(said)).value();
  EXPECT_EQ(packet.size, 1U);
  ASSERT_EQ(packet.descriptors.size(), 1U);
  EXPECT_EQ(::fcntl(packet.descriptors[0].get(), F_GETFD), FD_CLOEXEC);
  ASSERT_EQ(::write(packet.descriptors[0].get(), "y", 1), 1);
  ASSERT_EQ(::read(reading.get(), &said, 1), 1);
  EXPECT_EQ(said, 'y');
}

TEST_F(Packets, ToNobodyFailAndEndNobody) {
  there_ = Descriptor();
  EXPECT_FALSE(send_packet(here_.get(), bytes_of('x')));  // and no SIGPIPE came
  char said = 0;
  EXPECT_EQ(receive_packet(here_.get(), writable_bytes_of(said)).error().code, ErrorCode::EndOfStream);
}

}  // namespace
}  // namespace meanwhile::test
