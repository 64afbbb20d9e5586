"""What a person sees in a window that lets no driver in: as a screen reader reads it, and as pixels.

eyes.py read PROGRAM    one line for each thing on the program's windows: role, states, name, text; parted by tabs
eyes.py picture FILE    the whole screen as a PNG
eyes.py colours         how many colours are on the screen
"""

import sys

import gi


def read(program):
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib

    def line(thing):
        states = thing.get_state_set().get_states()
        text = thing.get_text_iface()
        content = Atspi.Text.get_text(text, 0, -1) if text else ""
        said = [thing.get_role_name(), " ".join(state.value_nick for state in states), thing.get_name() or "", content]
        return "\t".join(part.replace("\n", " ").replace("\t", " ") for part in said)

    def walk(thing, depth):
        try:
            print(line(thing))
            count = thing.get_child_count() if depth else 0
            children = [thing.get_child_at_index(index) for index in range(count)]
        except GLib.Error:
            return  # It has just gone.
        for child in children:
            if child:
                walk(child, depth - 1)

    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application and application.get_name() == program:
            walk(application, 60)


def screen():
    gi.require_version("Gdk", "3.0")
    from gi.repository import Gdk

    root = Gdk.get_default_root_window()
    return Gdk.pixbuf_get_from_window(root, 0, 0, root.get_width(), root.get_height())


def colours():
    picture = screen()
    bytes_, stride, step = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    rows = range(0, picture.get_height(), 4)
    print(len({bytes_[at : at + 3] for row in rows for at in range(row * stride, row * stride + picture.get_width() * step, step * 4)}))


task, *arguments = sys.argv[1:]
if task == "read":
    read(*arguments)
elif task == "picture":
    screen().savev(arguments[0], "png", [], [])
else:
    colours()
