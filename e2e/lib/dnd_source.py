#!/usr/bin/python3
"""A small window in the corner of the screen from which the given files can be dragged, for real-window tests."""
import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

uris = [pathlib.Path(path).absolute().as_uri() for path in sys.argv[1:]]

window = Gtk.Window(title="dnd-source")
window.set_default_size(160, 80)
area = Gtk.EventBox()
area.add(Gtk.Label(label="Drag me"))
window.add(area)

area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
area.drag_source_add_uri_targets()
area.connect("drag-begin", lambda *_: print("SRC begin", flush=True))
area.connect("drag-data-get", lambda _w, _c, data, *_: data.set_uris(uris))
area.connect("drag-end", lambda *_: print("SRC end", flush=True))
window.connect("destroy", Gtk.main_quit)

window.show_all()
screen = window.get_screen()
window.move(screen.get_width() - 200, screen.get_height() - 140)
Gtk.main()
