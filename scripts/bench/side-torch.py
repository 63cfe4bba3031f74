"""PyTorch: nn.RNN, nn.GRU or nn.LSTM over one-hot symbols and nn.Linear, Adam, clipping. Argument: threads."""
import ctypes
import json
import re
import sys
import time

import torch
from torch import nn

SYMBOLS, SEED, LEARNING_RATE, CLIP = 100, 1, 0.002, 5
torch.set_num_threads(int(sys.argv[1]))
CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "tanh": nn.RNN}


def prepare(cell, layers, hidden, rows, timesteps):
    torch.manual_seed(SEED)
    rnn = CELLS[cell](SYMBOLS, hidden, layers)
    readout = nn.Linear(hidden, SYMBOLS)
    parameters = [*rnn.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=LEARNING_RATE)
    one_hot = torch.eye(SYMBOLS)
    carry = None

    def step():
        nonlocal carry
        inputs = torch.randint(SYMBOLS, (timesteps, rows))
        targets = torch.randint(SYMBOLS, (timesteps * rows,))
        states, carry = rnn(one_hot[inputs], carry)
        carry = tuple(state.detach() for state in carry) if cell == "lstm" else carry.detach()
        loss = nn.functional.cross_entropy(readout(states.reshape(timesteps * rows, hidden)), targets)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, CLIP)
        optimizer.step()
        return timesteps * rows

    return step


# In this order: where OpenBLAS stands in for libblas.so, the reference is loaded too, and not called.
LIBRARIES = [
    ("MKL", r"libmkl_|libtorch_cpu[^/]*\.so"),
    ("OpenBLAS", r"openblas"),
    ("BLIS", r"libblis"),
    ("ATLAS", r"atlas"),
    ("reference", r"libblas|librefblas"),
]


def blas():
    """Which library computes the products, and its kernel for this processor."""
    torch.mm(torch.ones(8, 8), torch.ones(8, 8))
    with open("/proc/self/maps") as maps:
        files = sorted({line.split()[-1] for line in maps if ".so" in line})
    for name, pattern in LIBRARIES:
        file = next((file for file in files if re.search(pattern, file)), None)
        if name == "MKL" and "libtorch_cpu" in (file or "") and not torch.backends.mkl.is_available():
            file = next((file for file in files if "libmkl_" in file), None)
        if file is None:
            continue
        about = {"name": name, "file": file, "version": None, "kernel": None}
        if name == "OpenBLAS":
            library = ctypes.CDLL(file)
            for key, call in (("kernel", "openblas_get_corename"), ("version", "openblas_get_config")):
                if hasattr(library, call):
                    asked = getattr(library, call)
                    asked.restype = ctypes.c_char_p
                    text = asked().decode()
                    about[key] = (re.search(r"\d[\d.]+", text) or [None])[0] if key == "version" else text
        return about
    return None


def peak(size=512):
    a, b = torch.randn(size, size), torch.randn(size, size)
    best = float("inf")
    for _ in range(40):
        started = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - started)
    return 2 * size**3 / best / 1e9


step = None
for line in sys.stdin:
    request = json.loads(line)
    if request["kind"] == "prepare":
        step = prepare(**request["case"])
        answer = {"about": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"}
    elif request["kind"] == "peak":
        answer = {"peak": peak(), "blas": blas()}
    else:
        started = time.perf_counter()
        characters = sum(step() for _ in range(request["steps"]))
        answer = {"seconds": time.perf_counter() - started, "characters": characters}
    print(json.dumps(answer), flush=True)
