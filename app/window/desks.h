// The window's desks, joined: what one of them did, others are told. The window's thread.
#pragma once

#include <string>

#include "app/library/settings.h"
#include "app/platform/window.h"
#include "app/ui/actions.h"
#include "app/ui/state.h"
#include "app/window/answer_desk.h"
#include "app/window/arrange_desk.h"
#include "app/window/clip_desk.h"
#include "app/window/desk.h"
#include "app/window/import_desk.h"
#include "app/window/inbox_desk.h"
#include "app/window/library_desk.h"
#include "app/window/member_desk.h"
#include "app/window/move_desk.h"
#include "app/window/news_desk.h"
#include "app/window/pages_desk.h"
#include "app/window/publish_desk.h"
#include "app/window/queue_desk.h"
#include "app/window/record_desk.h"
#include "app/window/reply_desk.h"
#include "app/window/settings_desk.h"
#include "app/window/share_desk.h"
#include "app/window/transcript_desk.h"
#include "app/window/watch_desk.h"
#include "media/base/result.h"
#include "upload/sync.h"

namespace meanwhile {

class Desks {
 private:
  Desk& desk_;
  Window& window_;

 public:
  Desks(Desk& desk, Window& window);
  ~Desks();

  InboxDesk inbox;
  RecordDesk record;
  PublishDesk publish;
  AnswerDesk answers;
  ReplyDesk reply;
  WatchDesk watch;
  QueueDesk queue;
  NewsDesk news;
  LibraryDesk libraries;
  MemberDesk members;
  MoveDesk moves;
  SettingsDesk settings;
  PagesDesk pages;
  ClipDesk clips;
  ShareDesk shares;
  ArrangeDesk arranging;
  ImportDesk imports;
  TranscriptDesk transcripts;
  Actions actions;  // what the pages call

  // Which libraries are open may have changed.
  void on_libraries();
  // Tells of what is in the index now, outside of the window too.
  void look_for_news();

 private:
  AnswerDesk::Hooks answer_hooks();
  NewsDesk::Calls news_calls();
  LibraryDesk::Calls library_calls();
  ClipDesk::Calls clip_calls();
  PageId page() const { return desk_.state.page; }
  void send_takes();
  void show_news();
  bool on_report(const std::string& library, const Result<SyncReport>& report);
  void on_outbox_change();
  void on_settings(const Settings& before);
  void on_other_settings();
  void on_poster();
};

}  // namespace meanwhile
