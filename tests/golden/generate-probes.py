#!/usr/bin/env python3
"""What autograd says of the quantities of the probes spectrum, direction and units, in float64, on the cases of generate.py.

    /usr/bin/python3 generate-probes.py             reads the *.json beside it, writes probes/<case>.json

spectrum: torch.linalg.svdvals of the whole Jacobian of h_{T-1} (row 0) by each state, one row of it a backward pass.
direction: the gradient with the states before lag k detached beside the whole one; the rows are the windows averaged over.
units: torch.quantile of the log10 norms of each unit's gradient, and -1/ln of the mean of the gate.
"""
import glob, json, math, os
import torch, torch.nn.functional as F
from generate import step

torch.set_default_dtype(torch.float64)
LEVELS = torch.tensor([0.05, 0.25, 0.5, 0.75, 0.95])


def unroll(case, p, row=None, detach_before=0):
    """Last losses, and states by [layer][t]; every state a leaf of its own sum, so that gradients to it are total ones."""
    cell, L, V, T = case["cell"], case["layers"], case["symbols"], case["timesteps"]
    x, y = torch.tensor(case["x"]), torch.tensor(case["y"])
    h0 = torch.tensor(case["h0"])
    c0 = None if case["c0"] is None else torch.tensor(case["c0"])
    if row is not None:
        x, y, h0 = x[:, row:row + 1], y[:, row:row + 1], h0[:, row:row + 1]
        c0 = None if c0 is None else c0[:, row:row + 1]
    below = [F.one_hot(x[t], V).double() for t in range(T)]
    hs, cs, gates = [], [], []
    for l in range(L):
        h, c, hl, cl, gl = h0[l], None if c0 is None else c0[l], [], [], []
        for t in range(T):
            if t == detach_before:
                h, c = h.detach(), None if c is None else c.detach()
            gl.append(carrying(cell, below[t], h, p, l))
            h, c = step(cell, below[t], h, c, p, l)
            if h.requires_grad:
                h.retain_grad()
            hl.append(h); cl.append(c)
        hs.append(hl); cs.append(cl); gates.append(gl)
        # Below the cut nothing of the layer under it is heard either.
        below = [h if t >= detach_before else h.detach() for t, h in enumerate(hl)]
    logits = hs[-1][-1] @ p["readout.weight"].T + p["readout.bias"]
    return F.cross_entropy(logits, y[-1]), hs, cs, gates


def carrying(cell, x, h, p, l):
    """f of an LSTM, z of a GRU (PyTorch: h' = (1 - z) n + z h); None of the others."""
    if cell not in ("lstm", "gru"):
        return None
    a = x @ p[f"rnn.weight_ih_l{l}"].T + p[f"rnn.bias_ih_l{l}"] + h @ p[f"rnn.weight_hh_l{l}"].T + p[f"rnn.bias_hh_l{l}"]
    return torch.sigmoid(a.chunk(4 if cell == "lstm" else 3, 1)[1]).detach()


def spectrum(case, raw):
    p = {k: v.clone().requires_grad_() for k, v in raw.items()}
    _, hs, cs, _ = unroll(case, p, row=0)
    T, L, H = case["timesteps"], case["layers"], case["hidden"]
    def of(end, states):  # by lag
        result = []
        for t in reversed(range(T)):
            rows = [torch.autograd.grad(end[0, i], states[t], retain_graph=True, allow_unused=True)[0] for i in range(H)]
            J = torch.stack([torch.zeros(H) if r is None else r[0] for r in rows])
            s = torch.linalg.svdvals(J)
            result.append({"singular": s.tolist(), "participation": ((s**2).sum()**2 / (s**4).sum()).item()})
        return result
    both = lambda end, l: {"h": of(end, hs[l]), "c": of(end, cs[l]) if case["cell"] == "lstm" else None}
    return [{"own": both(hs[l][-1], l), "top": both(hs[-1][-1], l)} for l in range(L)]


def direction(case, raw, cuts):
    def gradient(before):
        p = {k: v.clone().requires_grad_() for k, v in raw.items()}
        unroll(case, p, detach_before=before)[0].backward()
        return [torch.cat([p[k].grad.flatten() for k in p if k.startswith("rnn.") and k.endswith(f"_l{l}")]) for l in range(case["layers"])]
    T = case["timesteps"]
    whole = gradient(0)
    result = {"cuts": cuts, "cosine": [], "bias": [], "byLayer": [{"cosine": [], "bias": []} for _ in whole]}
    for cut in cuts:
        near = gradient(T - cut)
        for into, a, b in [(result, torch.cat(near), torch.cat(whole))] + list(zip(result["byLayer"], near, whole)):
            into["cosine"].append((a @ b / a.norm() / b.norm()).item())
            into["bias"].append(((a - b).norm() / b.norm()).item())
    return result


def units(case, raw):
    p = {k: v.clone().requires_grad_() for k, v in raw.items()}
    loss, hs, cs, gates = unroll(case, p)
    for c in [c for layer in cs for c in layer if c is not None]:
        c.retain_grad()
    loss.backward()
    def curve(l, t):
        squares = (hs[l][t].grad**2).sum(0)
        if case["cell"] == "lstm":
            squares = squares + (cs[l][t].grad**2).sum(0)
        return torch.quantile(squares.sqrt().log10(), LEVELS).tolist()
    T = case["timesteps"]
    return [{
        "lagLog10": [list(q) for q in zip(*[curve(l, T - 1 - k) for k in range(T)])],
        "timeConstants": None if gates[l][0] is None else [-1 / math.log(m) for m in torch.cat(gates[l]).mean(0).tolist()],
    } for l in range(case["layers"])]


here = os.path.dirname(os.path.abspath(__file__))
os.makedirs(os.path.join(here, "probes"), exist_ok=True)
for path in sorted(glob.glob(os.path.join(here, "*.json"))):
    with open(path) as f:
        case = json.load(f)
    raw = {k: torch.tensor(v) for k, v in case["weights"].items()}
    finite = lambda x: x if isinstance(x, str) else None if isinstance(x, float) and not math.isfinite(x) else \
        {k: finite(v) for k, v in x.items()} if isinstance(x, dict) else [finite(v) for v in x] if isinstance(x, list) else x
    made = {"made_with": f"torch {torch.__version__} float64", "spectrum": spectrum(case, raw),
            "direction": direction(case, raw, [1, 2, 4]), "units": units(case, raw)}
    with open(os.path.join(here, "probes", os.path.basename(path)), "w") as f:
        json.dump(finite(made), f)
    print(os.path.basename(path))
