// Takes events into the index: logs them, then merges anew everything that they are about.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/library/index.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "app/library/text_table.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"

namespace meanwhile {

// For one apply(), within a transaction of the caller's. Errors: as SqliteFile.
class IndexWriter {
 public:
  // me: whose inbox the clips stand in.
  IndexWriter(SqliteFile& file, std::string me) : file_(file), me_(std::move(me)), texts_(file) {}

  // Once.
  Result<void> take(std::span<const AuthoredEvents> batches);
  const ApplyReport& report() const { return report_; }

 private:
  Result<void> log(const AuthoredEvents& batch);
  // After the last log().
  Result<void> merge();
  Result<void> log_device(const AuthoredEvents& batch);
  Result<void> note_asked_clips();
  Result<void> log_event(const AuthoredEvents& batch, const Json& event);
  Result<void> insert_event(const LoggedEvent& event, const std::optional<std::string>& subject,
                            const std::string& text);
  Result<bool> is_known(const LoggedEvent& event);

  Result<Events> events_about(const std::string& subject, Events fresh);
  Result<void> merge_subject(const std::string& subject, Events fresh);
  Result<void> store_clip(const std::string& clip, const Events& events);
  Result<void> forget_old_captions(const std::string& clip);
  Result<void> store_visible_clip(const std::string& clip, const MergedClip& merged);
  Result<void> store_deleted_clip(const std::string& clip, const MergedClip& merged);
  Result<void> store_comment(const EventId& id, const Events& events);
  Result<void> store_channel(const std::string& channel, const Events& events);
  Result<void> store_guest(const std::string& guest, const Events& events);
  void touch(const std::set<std::string>& subjects);
  Result<void> store_person(const std::string& person, const Events& events);
  Result<void> store_reactions(const std::string& clip, const std::string& person, const Events& events);
  Result<void> store_watching(const std::string& clip, const std::string& person, const Events& events);
  Result<void> store_read(const std::vector<EventId>& comments);
  Result<void> store_fetched(const std::string& clip, const std::string& person, const Events& events);
  Result<void> store_share(const std::string& share, const Events& events);
  Result<void> cover_again(const std::string& clip, MediaTime timeline);
  Result<MediaTime> timeline_of(const std::string& clip);
  struct Certified {
    std::string name;
    Hlc first = 0;  // LoggedEvent::order of the person's first event
  };
  Result<Certified> certified(const std::string& person);
  Result<void> note_skeleton(const std::string& person);
  Result<void> show_names();
  Result<void> show_names_like(const std::string& skeleton);
  Result<void> store_archive(const std::string& clip, const std::string& person, const Events& events);
  Result<void> note_archived(const std::string& channel, bool is_archived);

  SqliteFile& file_;
  const std::string me_;
  ApplyReport report_;
  TextTable texts_;
  std::map<std::string, Events> touched_;  // subjects, and what was logged about them, in any order
  std::set<std::string> moved_;            // clips that may stand elsewhere in the inbox
  std::set<std::string> renamed_;          // skeletons of names that came or went
};

}  // namespace meanwhile
