// Something of a clip that came after its clip.json: an object of its own under the clip's folder, which an
// event names. The format: FORMAT.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Of each kind, and of captions in each language, the author's last counts. What others say is a suggestion.
// A manifest takes the place of clip.json, where parts were removed for good, or another recording corrects
// the first: a suggestion of one is none.
enum class AdditionKind { Captions, Arrangement, Manifest, Poster };
std::string_view addition_kind_name(AdditionKind kind);
std::optional<AdditionKind> parse_addition_kind(std::string_view name);

// An update's recording can be corrected so often.
constexpr int kMostVersions = 1000;

// More is no object of a clip, but an attack.
constexpr std::uint64_t kLargestAddedBytes = 8u << 20;

struct AddedObject {
  std::string name;  // below "added/" in the clip's folder
  std::uint64_t bytes = 0;
  std::string sha256;  // lower-case hex
  bool operator==(const AddedObject&) const = default;
};

// As the index has it.
struct Addition {
  AdditionKind kind = AdditionKind::Captions;
  std::string language;  // of captions: BCP 47; "": not said
  AddedObject object;
  std::optional<MediaTime> duration;  // of an arrangement: what is left to watch
  std::string person;                 // who said it
  WallTime said{};
  bool is_suggestion = false;  // not by the clip's author
  int version = 1;             // of a manifest: which version of the update it is
  bool operator==(const Addition&) const = default;
};

// "en", "pt-BR", "zh-Hant-TW": the form of a language tag. Source: RFC 5646 s. 2.1.
bool is_language_tag(std::string_view text);

// The name under which a device stores these bytes: other bytes have another, and the same twice the same, so
// that whoever was cut off may begin again.
std::string added_name(AdditionKind kind, std::string_view device, std::string_view sha256);
bool is_added_name(AdditionKind kind, std::string_view name);

// The last arrangement that counts; nullptr: the clip is shown as it was recorded.
const Addition* arrangement_in(const std::vector<Addition>& additions);

// The picture that its author chose since; nullptr: the manifest's.
const Addition* poster_in(const std::vector<Addition>& additions);

// The one that holds instead of clip.json; nullptr: that does.
const Addition* manifest_in(const std::vector<Addition>& additions);

// Of the update: 1 until its author puts another recording in its place.
int version_in(const std::vector<Addition>& additions);

// What names how the clip is shown: arranged otherwise, or without what was removed, it has another. "": as
// it was published.
std::string shown_version(const std::vector<Addition>& additions);

// What names the captions that count in these: other captions have another. "": those of clip.json, if any.
std::string caption_version(const std::vector<Addition>& additions);

}  // namespace meanwhile
