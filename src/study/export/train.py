"""
Goes on with a training of dissipa in PyTorch: the same model, optimiser and learning rate, on the same text. Only the
random numbers (of dropout) are others.

    python3 train.py                          on a GPU, or else the CPU
    torchrun --nproc_per_node 4 train.py      on four: each takes a share of the batch's rows

It begins at checkpoint.safetensors, and where state.pt is there goes on from that. last.safetensors is the newest model,
best.safetensors the one with the lowest loss on held-out text: `npx dissipa inspect`, `sample` and `evaluate` take
both. Needs PyTorch 1.13 or later and nothing else.
"""
import argparse, copy, ctypes, json, math, mmap, os, struct, sys
import torch
import torch.distributed as dist
from torch import nn
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
here = lambda name: os.path.join(HERE, name)

# ---------------------------------------------------------------------------------------------------------------- model

class OtherRNN(nn.Module):
    """Cells that PyTorch has not: an RNN with a sigmoid, minGRU and IndRNN. Tensors are called as in nn.RNN."""

    def __init__(self, cell, input_size, hidden_size, num_layers, dropout=0.0):
        super().__init__()
        self.cell, self.layers, self.dropout = cell, num_layers, dropout
        inputs, hidden = input_size, hidden_size
        for l in range(num_layers):
            width = 2 * hidden if cell == 'mingru' else hidden
            shapes = {'weight_ih': (width, inputs if l == 0 else hidden), 'bias_ih': (width,)}
            if cell == 'sigmoid':
                shapes.update(weight_hh=(hidden, hidden), bias_hh=(hidden,))
            if cell == 'indrnn':
                shapes.update(weight_hh=(hidden,))  # u
            # The order of nn.RNN's: it is the order of the optimiser's states too.
            for name in ('weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'):
                if name in shapes:
                    self.register_parameter(f'{name}_l{l}', nn.Parameter(torch.zeros(shapes[name])))

    def step(self, given, h, l):
        if self.cell == 'mingru':
            z, fresh = given.chunk(2, -1)
            z = torch.sigmoid(z)
            return (1 - z) * h + z * fresh
        w_hh = getattr(self, f'weight_hh_l{l}')
        return F.relu(given + w_hh * h) if self.cell == 'indrnn' else torch.sigmoid(given + h @ w_hh.T)

    def forward(self, x, h):  # (T, N, V), (L, N, H)
        ends = []
        for l in range(self.layers):
            bias = getattr(self, f'bias_ih_l{l}')
            if self.cell == 'sigmoid':
                bias = bias + getattr(self, f'bias_hh_l{l}')
            state, states = h[l], []
            for given in F.linear(x, getattr(self, f'weight_ih_l{l}'), bias):
                state = self.step(given, state, l)
                states.append(state)
            ends.append(state)
            x = torch.stack(states)
            if l < self.layers - 1:
                x = F.dropout(x, self.dropout, self.training)
        return x, torch.stack(ends)


class Model(nn.Module):
    """Recurrent layers over one-hot symbols, and a readout."""

    def __init__(self, cell, layers, hidden, symbols, dropout=0.0):
        super().__init__()
        self.cell, self.layers, self.hidden, self.symbols = cell, layers, hidden, symbols
        make = {'lstm': nn.LSTM, 'gru': nn.GRU, 'tanh': nn.RNN, 'relu': nn.RNN}.get(cell, OtherRNN)
        options = {'nonlinearity': cell} if make is nn.RNN else {'cell': cell} if make is OtherRNN else {}
        self.rnn = make(input_size=symbols, hidden_size=hidden, num_layers=layers, dropout=dropout if layers > 1 else 0.0, **options)
        self.readout = nn.Linear(hidden, symbols)

    def fresh_carry(self, rows):
        """(h,), or (h, c) of an LSTM, each (L, N, H)."""
        count = 2 if self.cell == 'lstm' else 1
        return tuple(self.readout.weight.new_zeros(self.layers, rows, self.hidden) for _ in range(count))

    def forward(self, ids, carry, begins):
        """ids (T, N); begins (T, N): whether the text, or one of its records, begins there. Gives logits (T, N, V), carry."""
        x = F.one_hot(ids, self.symbols).to(self.readout.weight.dtype)
        outputs = []
        cuts = [t for t in begins.any(1).nonzero()[:, 0].tolist() if t > 0]
        for start, end in zip([0, *cuts], [*cuts, len(ids)]):
            stays = (~begins[start]).to(x)[:, None]
            carry = tuple(state * stays for state in carry)
            output, carry = self.rnn(x[start:end], carry if self.cell == 'lstm' else carry[0])
            carry = carry if self.cell == 'lstm' else (carry,)
            outputs.append(output)
        return self.readout(torch.cat(outputs)), carry

# ---------------------------------------------------------------------------------------------------------------- files

def read_safetensors(path):
    with open(path, 'rb') as file:
        length, = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    dtypes = {'F32': torch.float32, 'F64': torch.float64}
    header.pop('__metadata__', None)
    tensors = {}
    for name, tensor in header.items():
        begin, end = tensor['data_offsets']
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=dtypes[tensor['dtype']])
        tensors[name] = flat.reshape(tensor['shape']).float()
    return tensors


def write_safetensors(path, tensors, metadata):
    header, pieces, at = {'__metadata__': metadata}, [], 0
    for name, tensor in tensors.items():
        tensor = tensor.detach().float().cpu().contiguous()
        size = 4 * tensor.numel()
        header[name] = {'dtype': 'F32', 'shape': list(tensor.shape), 'data_offsets': [at, at + size]}
        pieces.append(ctypes.string_at(tensor.data_ptr(), size))
        at += size
    text = json.dumps(header).encode()
    with open(path + '.new', 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        file.writelines(pieces)
    os.replace(path + '.new', path)


class Text:
    """The ids of the whole text; a file of 16-bit numbers, of which no more is in memory than is looked at."""

    def __init__(self, path):
        with open(path, 'rb') as file:
            self.ids = torch.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY), dtype=torch.int16)

    def __getitem__(self, places):
        return self.ids[places].long() & 0xffff

# -------------------------------------------------------------------------------------------------------------- windows

class Windows:
    """Where the rows of the batch are: window after window along the text, each row through all of it and round again."""

    def __init__(self, length, rows, timesteps, version, records):
        self.rows, self.timesteps, self.version = rows, timesteps, version
        self.predictions = length - 1
        self.apart = self.predictions // rows
        # A row begins anew once in so many windows, in a text without records.
        self.anew_every = 64 if version >= 3 and not records else None

    def places(self, index):
        """Of window `index` (from 0): the places of its inputs, and whether the text begins there, (T, N) each."""
        t = torch.arange(self.timesteps)[:, None]
        n = torch.arange(self.rows)[None] * self.apart
        if self.version == 1:  # Runs of the first version: each row keeps to its own part.
            places = n + index % (self.apart // self.timesteps) * self.timesteps + t
            return places, places == n
        places = (n + index * self.timesteps + t) % self.predictions
        begins = places == 0
        if self.anew_every and index > 0:
            moved = (torch.arange(self.rows) * self.anew_every).div(self.rows, rounding_mode='floor')
            begins[0] |= (index + moved) % self.anew_every == 0
        return places, begins

# ------------------------------------------------------------------------------------------------------------- training

def learning_rate(o, step, steps):
    if step <= o['warmup']:
        return o['lr'] * step / o['warmup']
    rest = steps - o['warmup'] - 1
    progress = min(1, (step - o['warmup'] - 1) / rest) if rest > 0 else 0
    if o['schedule'] == 'linear':
        return o['lr'] + (o['minLr'] - o['lr']) * progress
    if o['schedule'] == 'cosine':
        return o['minLr'] + (o['lr'] - o['minLr']) * (1 + math.cos(math.pi * progress)) / 2
    return o['lr']


# What dissipa calls a number kept beside each weight, and what PyTorch calls it.
SLOTS = {
    'sgd': {'velocity': 'momentum_buffer'},
    'adagrad': {'squares': 'sum'},
    'rmsprop': {'squares': 'square_avg'},
    'adam': {'first': 'exp_avg', 'second': 'exp_avg_sq'},
    'adamw': {'first': 'exp_avg', 'second': 'exp_avg_sq'},
}


def make_optimizer(model, o):
    weights, common = list(model.parameters()), {'lr': o['lr'], 'weight_decay': o['weightDecay']}
    name, eps = o['optimizer'], o['epsilon']
    if name == 'sgd':
        return torch.optim.SGD(weights, momentum=o['momentum'], **common)
    if name == 'adagrad':
        return torch.optim.Adagrad(weights, eps=eps, **common)
    if name == 'rmsprop':
        return torch.optim.RMSprop(weights, alpha=o['alpha'], eps=eps, **common)
    make = torch.optim.AdamW if name == 'adamw' else torch.optim.Adam
    return make(weights, betas=(o['beta1'], o['beta2']), eps=eps, **common)


def like_weights(flat, model):
    """A flat list of numbers, one a weight, cut up as the weights are."""
    sizes = [weight.numel() for weight in model.parameters()]
    return [piece.view_as(weight) for piece, weight in zip(flat.split(sizes), model.parameters())]


@torch.no_grad()
def evaluate(model, text, begin, end, record_end, device, chunk=4096):
    """
    Mean nats over text[begin:end]: the carry from zero through all of it, or through each record, a prediction for each
    symbol but the first.
    """
    was_training = model.training
    model.eval()
    carry, nats = model.fresh_carry(1), 0.0
    for at in range(begin, end - 1, chunk):
        ids = text[slice(at, min(at + chunk, end - 1) + 1)]
        inputs = ids[:-1, None]
        logits, carry = model(inputs.to(device), carry, inputs == record_end)
        nats += F.cross_entropy(logits[:, 0], ids[1:].to(device), reduction='sum').double().item()
    model.train(was_training)
    return nats / (end - begin - 1)


def main():
    with open(here('run.json'), encoding='utf8') as file:
        run = json.load(file)
    o = run['options']
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('--steps', type=int, default=run['steps'], help='last step of the training [%(default)s]')
    arguments.add_argument('--evaluate-characters', type=int, default=1_000_000, help='of the held-out text, at most; 0 for all [%(default)s]')
    arguments.add_argument('--device', default=None, help='cuda, cuda:1, cpu, mps … [cuda where there is one]')
    given = arguments.parse_args()

    world, rank = int(os.environ.get('WORLD_SIZE', 1)), int(os.environ.get('RANK', 0))
    device = given.device or ('cuda' if torch.cuda.is_available() else 'cpu')
    if device == 'cuda' and world > 1:
        device = f"cuda:{os.environ['LOCAL_RANK']}"
    if o['batch'] % world:
        sys.exit(f"{o['batch']} rows cannot be shared out evenly among {world} processes")
    if device.startswith('cuda'):
        torch.cuda.set_device(device)
    if world > 1:
        dist.init_process_group('nccl' if device.startswith('cuda') else 'gloo')
    is_first = rank == 0
    say = print if is_first else lambda *_, **__: None
    torch.manual_seed(o['seed'] + rank)
    share = o['batch'] // world
    mine = slice(rank * share, (rank + 1) * share)

    text = Text(here('text.u16'))
    # The symbol that ends a record, which is also read before its first: there the model begins anew. −1 is none.
    record_end = int(run['kind'].get('end', -1))
    windows = Windows(run['parts']['training'], o['batch'], o['window'], run['version'], record_end >= 0)
    model = Model(o['cell'], o['layers'], o['hidden'], run['symbols'], o['dropout']).to(device)
    optimizer = make_optimizer(model, o)
    average = copy.deepcopy(model) if o['average'] > 0 else None

    if os.path.exists(here('state.pt')):
        state = torch.load(here('state.pt'), map_location='cpu')
        step, best = state['step'], state['best']
        model.load_state_dict(state['model'])
        optimizer.load_state_dict(state['optimizer'])
        if average: average.load_state_dict(state['average'])
        carry = state['carry']
    else:
        saved = read_safetensors(here('checkpoint.safetensors'))
        step, best = run['step'], math.inf
        weights = {name: tensor for name, tensor in saved.items() if name.startswith(('rnn.', 'readout.'))}
        model.load_state_dict(weights)
        if average: average.load_state_dict(weights)
        if 'optimizer.master' in saved:  # With an average, or from an engine of float64, the weights that are trained.
            with torch.no_grad():
                for weight, trained in zip(model.parameters(), like_weights(saved['optimizer.master'], model)):
                    weight.copy_(trained)
        slots = {theirs: saved[f'optimizer.{ours}'] for ours, theirs in SLOTS[o['optimizer']].items() if f'optimizer.{ours}' in saved}
        for name, flat in slots.items():
            for weight, values in zip(model.parameters(), like_weights(flat, model)):
                optimizer.state[weight]['step'] = torch.tensor(float(step))
                optimizer.state[weight][name] = values.clone().to(device)
        carry = tuple(
            torch.stack([saved[f'carry.{kind}_l{l}'] for l in range(o['layers'])]) for kind in ('hc' if o['cell'] == 'lstm' else 'h')
        )
    carry = tuple(kept[:, mine].to(device) for kept in carry)
    shown = average or model

    def all_rows():
        """The carry of every process's rows."""
        if world == 1:
            return tuple(kept.cpu() for kept in carry)
        whole = []
        for kept in carry:
            parts = [torch.empty_like(kept) for _ in range(world)]
            dist.all_gather(parts, kept.contiguous())
            whole.append(torch.cat(parts, 1).cpu())
        return tuple(whole)

    metadata = {
        'format': 'dissipa.checkpoint',
        'version': '1',
        'model': json.dumps({name: o[name] for name in ('cell', 'layers', 'hidden')}),
        'alphabet': json.dumps(run['alphabet']),
        **run['kind'],
    }
    save_model = lambda name: write_safetensors(here(name), shown.state_dict(), metadata)

    def look():
        """The loss on held-out text (where none is held out, on the text itself); the best model is kept."""
        nonlocal best
        if is_first:
            begin, length = run['parts']['training'], run['parts']['validation']
            # The END between two records is the last of one part and the first of the next.
            if record_end >= 0: begin -= 1
            if length < 2: begin, length = 0, run['parts']['training']
            most = given.evaluate_characters or length
            nats = evaluate(shown, text, begin, begin + min(length, most), record_end, device)
            is_best = nats < best
            if is_best:
                best = nats
                save_model('best.safetensors')
            say(f"step {step} of {given.steps}: held out {nats:.7f} nats, {nats / math.log(2):.4f} bits per character{' (best)' if is_best else ''}", flush=True)
        if world > 1:
            dist.barrier()

    def keep():
        whole = all_rows()
        if is_first:
            save_model('last.safetensors')
            state = {'step': step, 'best': best, 'model': model.state_dict(), 'optimizer': optimizer.state_dict(), 'carry': whole}
            if average: state['average'] = average.state_dict()
            torch.save(state, here('state.pt.new'))
            os.replace(here('state.pt.new'), here('state.pt'))
        if world > 1:
            dist.barrier()

    trained = model
    if world > 1:
        trained = nn.parallel.DistributedDataParallel(model, device_ids=[device] if device.startswith('cuda') else None)
    say(f"{o['cell']} {o['layers']}x{o['hidden']}, {run['symbols']} symbols, on {device}{f', {world} processes' if world > 1 else ''}")
    look()
    if step >= given.steps:
        say(f'it is at its last step: go on with --steps and a number above {step}')
    model.train()
    has_diverged = False
    while step < given.steps:
        places, begins = windows.places(step)
        step += 1
        inputs, targets = text[places[:, mine]], text[places[:, mine] + 1].to(device)
        logits, carry = trained(inputs.to(device), carry, begins[:, mine] | (inputs == record_end))
        carry = tuple(kept.detach() for kept in carry)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if o['clipMode'] == 'norm':
            nn.utils.clip_grad_norm_(model.parameters(), o['clip'])
        elif o['clipMode'] == 'value':
            nn.utils.clip_grad_value_(model.parameters(), o['clip'])
        for group in optimizer.param_groups:
            group['lr'] = learning_rate(o, step, given.steps)
        optimizer.step()
        if average:
            decay = min(o['average'], (1 + step) / (10 + step))
            with torch.no_grad():
                for kept, weight in zip(average.parameters(), model.parameters()):
                    kept.lerp_(weight, 1 - decay)
        if step == run['step'] + 1 or step % 50 == 0 or step == given.steps:
            nats = loss.detach()
            if world > 1:
                dist.all_reduce(nats)
                nats /= world
            say(f'step {step} of {given.steps}: trained on {nats.item():.7f} nats', flush=True)
            has_diverged = not math.isfinite(nats.item())
            if has_diverged:
                break
        if step % o['evaluateEvery'] == 0 or step == given.steps:
            look()
        if step % o['checkpointEvery'] == 0 or step == given.steps:
            keep()
    if world > 1:
        # What averages the gradients goes before what it speaks through: the other way round, a process may wait for ever.
        del trained
        dist.destroy_process_group()
    if has_diverged:
        sys.exit('the training has diverged: go on from state.pt with a lower lr in run.json')


if __name__ == '__main__':
    main()
