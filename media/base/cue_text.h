// What stands in one caption, without its markup.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Tags of WebVTT and SubRip are passed over ("<b>", "{\an8}"), references become characters, and who speaks
// ("<v Anna>") comes before the words: "Anna: Hello". An angle that opens no tag stays. Lines by '\n', none
// empty. Source: https://www.w3.org/TR/webvtt1/, s. 6.4.
std::string plain_cue_text(std::string_view text);

// The other way: with what WebVTT takes for markup written as references.
std::string escaped_cue_text(std::string_view text);

}  // namespace meanwhile
