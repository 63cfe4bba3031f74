"""A command in a terminal of its own: all that it writes there, in the order in which it comes; then its exit code.
in-terminal.py COLUMNS WAIT SEND command…: once WAIT is seen, SEND is typed (with `^C` for Ctrl-C)."""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, wait, send, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    # Before anything is written.
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
    os.execvp(command[0], command)
seen = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    sys.stdout.buffer.write(piece)
    if wait and wait.encode() in seen:
        wait = ""
        os.write(terminal, send.replace("^C", "\x03").encode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
