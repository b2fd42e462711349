#include "tests/app/ui_states/scripted_parts.h"

#include <cmath>

namespace meanwhile {

const std::vector<PersonView>& people() {
  static const std::vector<PersonView> all{{"p-ada", "Ada Lovelace"},  {"p-grace", "Grace Hopper"},
                                           {"p-zoe", "Zoë Müller"},    {"p-oleg", "Олег Иванов"},
                                           {"p-mina", "Μίνα Παππά"},   {"p-jo", "Jo"},
                                           {"p-sam", "Samuel Okonkwo"}};
  return all;
}

CommentView comment(std::string id, int author, int at, std::string text, std::string age) {
  CommentView view{.id = std::move(id), .author = people()[std::size_t(author)]};
  view.at = std::chrono::seconds(at);
  view.text = std::move(text);
  view.age = std::move(age);
  return view;
}

Drawing some_drawing() {
  Shape wave{.kind = ShapeKind::Pen, .color = ShapeColor::Yellow, .width = 50, .points = {}};
  for (int i = 0; i <= 40; ++i) wave.points.push_back({1500 + i * 60, 7000 + int(300 * std::sin(i * 0.6))});
  return {{ShapeKind::Box, ShapeColor::Red, 40, {{1200, 1500}, {4700, 4200}}},
          {ShapeKind::Arrow, ShapeColor::Blue, 50, {{8300, 7900}, {4900, 4000}}},
          wave,
          {ShapeKind::Text, ShapeColor::Black, 50, {{6400, 7900}}, "this one"}};
}

void add_answers(WatchState& watch) {
  watch.comments[1].drawing = some_drawing();
  watch.comments[1].is_resolved = false;
  watch.comments[0].replies[0].media =
      MediaView{.clip = "m1", .duration = std::chrono::seconds(23), .state = {}};
  watch.comments[3].is_edited = true;
  watch.comments[3].versions = {"I'll take the guide."};
  CommentView ask = comment("a1", 5, 60, "Do we ship on the 9th, with or without the importer?", "2 h ago");
  ask.ask = AskView{.kind = AskKind::Decision,
                    .by = "by Thu 16:00, in 5 h",
                    .by_elsewhere = "Diego: Thu 9:00\nMei: Thu 23:00",
                    .answered = "3 of 5 answered",
                    .people = {"Diego: answered 10 min ago", "Mei: not yet"},
                    .is_for_me = true,
                    .waits_for_me = true};
  watch.comments.insert(watch.comments.begin() + 1, ask);
  for (const auto& [second, name, author] :
       {std::tuple(20, "heart", 1), std::tuple(21, "rocket", 2), std::tuple(83, "thumbs-up", 2),
        std::tuple(83, "laugh", 6), std::tuple(140, "question", 3)})
    watch.answers.reactions.push_back(
        {.at = std::chrono::seconds(second), .name = name, .person = people()[std::size_t(author)]});
  for (int i = 1; i < 6; ++i) watch.answers.people.push_back(people()[std::size_t(i)]);
}

std::vector<FoundView> some_hits() {
  const auto hit = [](FoundKind kind, int author, int at, std::string text) {
    return FoundView{.kind = kind,
                     .clip = "clip1",
                     .title = "Release plan for December, and what slips",
                     .author = people()[std::size_t(author)],
                     .at = std::chrono::seconds(at),
                     .text = std::move(text),
                     .age = "2 h ago",
                     .place = "# releases"};
  };
  return {
      hit(FoundKind::Title, 0, 0, "Feature freeze, and what is in"),
      hit(FoundKind::Person, 6, 0, "Freddie Freeze"),
      hit(FoundKind::Comment, 1, 21, "Can we move the freeze to the 9th? The importer needs two more days."),
      hit(FoundKind::Comment, 3, 83, "Заморозка (freeze) в четверг?"),
      hit(FoundKind::Caption, 0, 62, "so the freeze is on Thursday, and after that only fixes")};
}

}  // namespace meanwhile
