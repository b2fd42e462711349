// What the person asked for, page by page. The window calls these while it draws; the application does them,
// at once or later, and the next state shows what became of it. Nothing there may block. Main thread only.
#pragma once

#include "app/ui/actions/answer_actions.h"
#include "app/ui/actions/app_actions.h"
#include "app/ui/actions/arrange_actions.h"
#include "app/ui/actions/clip_actions.h"
#include "app/ui/actions/inbox_actions.h"
#include "app/ui/actions/library_actions.h"
#include "app/ui/actions/member_actions.h"
#include "app/ui/actions/notice_actions.h"
#include "app/ui/actions/publish_actions.h"
#include "app/ui/actions/queue_actions.h"
#include "app/ui/actions/record_actions.h"
#include "app/ui/actions/settings_actions.h"
#include "app/ui/actions/share_actions.h"
#include "app/ui/actions/watch_actions.h"

namespace meanwhile {

struct Actions {
  AppActions& app;
  InboxActions& inbox;
  RecordActions& record;
  PublishActions& publish;
  WatchActions& watch;
  AnswerActions& answers;
  QueueActions& queue;
  ClipActions& clips;
  ShareActions& shares;
  ArrangeActions& arrange;
  LibraryActions& libraries;
  MemberActions& members;
  SettingsActions& settings;
  NoticeActions& notices;
};

}  // namespace meanwhile
