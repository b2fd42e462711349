#include "app/page/share_terms.h"

#include <gtest/gtest.h>

#include "app/page/base64_sink.h"
#include "app/page/page_state.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

TEST(ShareTerms, SayWhatLocksThePage) {
  const PageLock lock{.secret = new_page_secret(), .password = derive_password("x", {1, 2}, 1000)};
  ShareTerms terms;
  EXPECT_FALSE(is_locked(terms));
  write_lock(lock, terms);
  EXPECT_TRUE(is_locked(terms));
  const PageLock read = lock_of(terms);
  EXPECT_EQ(read.secret, lock.secret);
  EXPECT_EQ(read.password, lock.password);
}

TEST(ShareTerms, GuestsSealToTheOtherHalfOfTheKey) {
  ShareTerms terms;
  EXPECT_EQ(answers_seal_key(terms), "");
  // RFC 7748 s. 6.1, Alice's.
  terms.answers_key = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";
  EXPECT_EQ(answers_seal_key(terms), "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
  add_answers_key(terms);
  EXPECT_EQ(from_base64(terms.answers_key)->size(), 32u);
}

class KeptSink final : public ByteSink {
 public:
  Result<void> append(std::span<const std::byte> bytes) override {
    text += as_text(bytes);
    return {};
  }
  Result<void> sync() override { return {}; }
  std::string text;
};

TEST(Base64Sink, PiecesOfAnyLengthGiveOneBase64) {
  const std::string text = "any carnal pleasure, and some more of it";
  for (std::size_t piece : {1u, 2u, 3u, 4u, 7u, 100u}) {
    KeptSink sink;
    Base64Sink encoded(sink);
    for (std::size_t at = 0; at < text.size(); at += piece)
      ASSERT_TRUE(encoded.append(as_byte_span(std::string_view(text).substr(at, piece))));
    ASSERT_TRUE(encoded.finish());
    EXPECT_EQ(from_base64(sink.text).value(), std::vector<unsigned char>(text.begin(), text.end()));
    EXPECT_EQ(sink.text.size(), base64_size(text.size()));
  }
}

TEST(PageState, IsReadAsItWasWritten) {
  const WallTime now(std::chrono::seconds(1'795'000'000));
  const PageState state{.made = now, .signed_until = now + std::chrono::hours(48), .words = "abc"};
  const auto read = parse_page_state(to_bytes(state));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->made, state.made);
  EXPECT_EQ(read->signed_until, state.signed_until);
  EXPECT_EQ(read->words, state.words);
  for (const char* text : {"", "[]", R"({"format":1})", R"({"format":1,"made":"x"})",
                           R"({"format":1,"made":"2026-11-22T12:00:00Z","signed_until":"x"})"})
    EXPECT_EQ(parse_page_state(as_byte_span(text)).error().code, ErrorCode::Corrupt) << text;
}

TEST(PageState, IsDueWhenHalfOfItsTimeIsOver) {
  const WallTime now(std::chrono::seconds(1'795'000'000));
  const PageState state{.made = now, .signed_until = now + std::chrono::hours(48), .words = ""};
  EXPECT_FALSE(is_due(state, now + std::chrono::hours(23)));
  EXPECT_TRUE(is_due(state, now + std::chrono::hours(25)));
  EXPECT_FALSE(is_due({.made = now, .signed_until = {}, .words = ""}, now + std::chrono::hours(10'000)));
}

}  // namespace
}  // namespace meanwhile
