"""PyTorch: nn.RNN, nn.GRU or nn.LSTM over one-hot symbols and nn.Linear, Adam, clipping. Argument: threads."""
import json
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
        answer = {"peak": peak()}
    else:
        started = time.perf_counter()
        characters = sum(step() for _ in range(request["steps"]))
        answer = {"seconds": time.perf_counter() - started, "characters": characters}
    print(json.dumps(answer), flush=True)
