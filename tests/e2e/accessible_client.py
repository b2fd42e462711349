"""A screen reader's hands: finds parts of the window by role and name on the accessibility bus, and uses them.

accessible_client.py press ROLE NAME           does the part's first action
                     type ROLE NAME TEXT       what is in the field from now on
                     set ROLE NAME NUMBER      the value of a slider
                     focus ROLE NAME           gives it the keyboard
                     wait ROLE NAME            until it is there
                     tell ROLE NAME            prints its value's words, or its text
                     tree                      prints everything
                     hear FILE                 writes each event into the file, until it is ended
NAME: how the name begins. Each but the last two waits for the part, which has to be enabled.
"""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE = 60
EVENTS = ["object:state-changed:focused", "object:state-changed:showing", "object:children-changed",
          "object:text-changed", "object:property-change", "object:text-caret-moved"]


def children_of(part):
    for number in range(part.get_child_count()):
        child = part.get_child_at_index(number)
        if child is not None:
            yield child


def program():
    for each in children_of(Atspi.get_desktop(0)):
        if each.get_name() == "Meanwhile":
            return each
    return None


def all_below(part):
    yield part
    for child in children_of(part):
        yield from all_below(child)


def is_usable(part):
    states = part.get_state_set()
    return states.contains(Atspi.StateType.ENABLED)


def find_now(role, name):
    root = program()
    if root is None:
        return None
    for part in all_below(root):
        part.clear_cache()
        if part.get_role_name() == role and part.get_name().startswith(name) and is_usable(part):
            return part
    return None


def find(role, name):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            part = find_now(role, name)
        except GLib.Error:  # it went while it was looked at
            part = None
        if part is not None:
            return part
        time.sleep(0.1)
    print(f"no {role} “{name}…”; there is:", file=sys.stderr)
    print_tree(sys.stderr)
    sys.exit(1)


def print_tree(out=sys.stdout):
    def show(part, depth):
        print("  " * depth + part.get_role_name(), "“" + part.get_name() + "”", file=out)
        for child in children_of(part):
            show(child, depth + 1)

    root = program()
    if root is not None:
        show(root, 0)


def act(command, part, more):
    if command == "press":
        return Atspi.Action.do_action(part, 0)
    if command == "type":
        return Atspi.EditableText.set_text_contents(part, more[0])
    if command == "set":
        return Atspi.Value.set_current_value(part, float(more[0]))
    if command == "focus":
        return Atspi.Component.grab_focus(part)
    if command == "tell":
        print(Atspi.Text.get_text(part, 0, -1) if "Text" in part.get_interfaces() else Atspi.Value.get_text(part))
    return True


def hear(file):
    def write(event):
        with open(file, "a", encoding="utf-8") as out:
            print(event.type, event.detail1, event.source.get_role_name(), event.source.get_name(), sep="\t",
                  file=out)

    listener = Atspi.EventListener.new(write)
    for event in EVENTS:
        listener.register(event)
    with open(file, "a", encoding="utf-8") as out:
        print("listening", file=out)
    Atspi.event_main()


def main(command, *words):
    Atspi.init()
    if command == "tree":
        return print_tree()
    if command == "hear":
        return hear(words[0])
    if not act(command, find(words[0], words[1]), words[2:]):
        sys.exit(f"{command}: refused by {words[0]} “{words[1]}…”")


main(*sys.argv[1:])
