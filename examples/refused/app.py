"""Loads the plugin that was compiled at the start."""

import ctypes

ctypes.CDLL("/app/plugin.so").run()
