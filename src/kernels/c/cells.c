/*
 * The cells' pointwise parts, one timestep each. The formulas (F…, B…) stand in model/cells.
 *
 * In double the way forward also leaves every activation's derivative in `slopes`, formed from its argument, and the way
 * back takes it from there; in float, where training has no use for the last digits, it is formed from the activation.
 */
#include "kernels.h"
#include "vector.h"

#define FOR_UNITS(j, n) for (int j = 0, n; n = H - j, j < H; j += WIDTH)
#define ONE splat(1)

#ifdef DOUBLE
#define KEEP(to, slope, n) store_part(to, slope, n)
#define SLOPE(kept, formed) (kept)
#else
#define KEEP(to, slope, n) ((void)0)
#define SLOPE(kept, formed) (formed)
#endif

#define SQUASHING(kind)                                                                   \
  static void kind##_forward(number *h, number *slopes, int count) {                     \
    (void)slopes;                                                                         \
    for (int j = 0; j < count; j += WIDTH) {                                              \
      vf x = load_part(h + j, count - j);                                                 \
      KEEP(slopes + j, kind##_slope(x), count - j);                                       \
      store_part(h + j, v##kind(x), count - j);                                           \
    }                                                                                     \
  }
SQUASHING(tanh)
SQUASHING(sigmoid)
/* !(x <= 0) and not x > 0: a NaN must stay one. */
static void relu_forward(number *h, number *slopes, int count) {
  (void)slopes;
  for (int j = 0; j < count; j++) h[j] = h[j] <= 0 ? 0 : h[j];
}

static void tanh_backward(number *restrict delta, const number *dh, const number *h, const number *slopes, int count) {
  (void)h, (void)slopes;
  for (int j = 0; j < count; j++) delta[j] = dh[j] * SLOPE(slopes[j], 1 - h[j] * h[j]);
}
static void sigmoid_backward(number *restrict delta, const number *dh, const number *h, const number *slopes, int count) {
  (void)h, (void)slopes;
  for (int j = 0; j < count; j++) delta[j] = dh[j] * SLOPE(slopes[j], (h[j] * (1 - h[j])));
}
static void relu_backward(number *restrict delta, const number *dh, const number *h, const number *slopes, int count) {
  (void)slopes;
  for (int j = 0; j < count; j++) delta[j] = h[j] <= 0 ? 0 : dh[j];
}

KERNEL(vanilla_forward) {
  if (kind == KIND_TANH) tanh_forward(h, slopes, P);
  else if (kind == KIND_SIGMOID) sigmoid_forward(h, slopes, P);
  else relu_forward(h, slopes, P);
}
KERNEL(vanilla_backward) {
  if (kind == KIND_TANH) tanh_backward(delta, dh, h, slopes, P);
  else if (kind == KIND_SIGMOID) sigmoid_backward(delta, dh, h, slopes, P);
  else relu_backward(delta, dh, h, slopes, P);
}

/* slopes, in double: rows of 5·H, those of i f g o and of tanh(c). */
KERNEL(lstm_forward) {
  for (; N > 0; N--) {
    number *pi = gates, *pf = pi + H, *pg = pf + H, *po = pg + H;
    FOR_UNITS(j, n) {
      vf ai = load_part(pi + j, n), af = load_part(pf + j, n), ag = load_part(pg + j, n), ao = load_part(po + j, n);
      vf i = vsigmoid(ai), f = vsigmoid(af);
      vf g = vtanh(ag), o = vsigmoid(ao);
      vf state = f * load_part(c_prev + j, n) + i * g;
      vf s = vtanh(state);
      store_part(pi + j, i, n);
      store_part(pf + j, f, n);
      store_part(pg + j, g, n);
      store_part(po + j, o, n);
      store_part(c + j, state, n);
      store_part(squashed + j, s, n);
      store_part(h + j, o * s, n);
      KEEP(slopes + j, sigmoid_slope(ai), n);
      KEEP(slopes + H + j, sigmoid_slope(af), n);
      KEEP(slopes + 2 * H + j, tanh_slope(ag), n);
      KEEP(slopes + 3 * H + j, sigmoid_slope(ao), n);
      KEEP(slopes + 4 * H + j, tanh_slope(state), n);
    }
    h += H, c += H, squashed += H, c_prev += H, gates += 4 * H;
    if (slopes) slopes += 5 * H;
  }
}

KERNEL(lstm_backward) {
  for (; N > 0; N--) {
    const number *pi = gates, *pf = pi + H, *pg = pf + H, *po = pg + H;
    number *di = delta, *df = di + H, *dg = df + H, *d_o = dg + H;
    FOR_UNITS(j, n) {
      vf i = load_part(pi + j, n), f = load_part(pf + j, n), g = load_part(pg + j, n), o = load_part(po + j, n);
      vf s = load_part(squashed + j, n), up = load_part(dh + j, n);
      vf total = load_part(dc + j, n) + up * o * SLOPE(load_part(slopes + 4 * H + j, n), (ONE - s * s));
      store_part(dc + j, total, n);
      store_part(dc_prev + j, total * f, n);
      store_part(di + j, total * g * SLOPE(load_part(slopes + j, n), (i * (ONE - i))), n);
      store_part(df + j, total * load_part(c_prev + j, n) * SLOPE(load_part(slopes + H + j, n), (f * (ONE - f))), n);
      store_part(dg + j, total * i * SLOPE(load_part(slopes + 2 * H + j, n), (ONE - g * g)), n);
      store_part(d_o + j, up * s * SLOPE(load_part(slopes + 3 * H + j, n), (o * (ONE - o))), n);
    }
    dh += H, dc += H, dc_prev += H, squashed += H, c_prev += H;
    gates += 4 * H, delta += 4 * H;
    if (slopes) slopes += 5 * H;
  }
}

/* slopes, in double: rows of 4·H, those of r z n and 1 − z, which is lost beside a z of 1. */
KERNEL(gru_forward) {
  for (; N > 0; N--) {
    number *pr = gates, *pz = pr + H, *pn = pz + H;
    const number *br = recurrent, *bz = br + H, *bn = bz + H;
    FOR_UNITS(j, n) {
      vf ar = load_part(pr + j, n) + load_part(br + j, n), az = load_part(pz + j, n) + load_part(bz + j, n);
      vf r = vsigmoid(ar);
      vf z = vsigmoid(az);
      vf b = load_part(bn + j, n);
      vf an = load_part(pn + j, n) + r * b;
      vf fresh = vtanh(an);
      vf open = SLOPE(vsigmoid(-az), ONE - z);
      store_part(pr + j, r, n);
      store_part(pz + j, z, n);
      store_part(pn + j, fresh, n);
      store_part(candidate + j, b, n);
      store_part(h + j, open * fresh + z * load_part(h_prev + j, n), n);
      KEEP(slopes + j, sigmoid_slope(ar), n);
      KEEP(slopes + H + j, sigmoid_slope(az), n);
      KEEP(slopes + 2 * H + j, tanh_slope(an), n);
      KEEP(slopes + 3 * H + j, open, n);
    }
    h += H, candidate += H, h_prev += H, gates += 3 * H, recurrent += 3 * H;
    if (slopes) slopes += 4 * H;
  }
}

KERNEL(gru_backward) {
  for (; N > 0; N--) {
    const number *pr = gates, *pz = pr + H, *pn = pz + H;
    FOR_UNITS(j, n) {
      vf r = load_part(pr + j, n), z = load_part(pz + j, n), fresh = load_part(pn + j, n), up = load_part(dh + j, n);
      vf dn = up * SLOPE(load_part(slopes + 3 * H + j, n), (ONE - z)) *
              SLOPE(load_part(slopes + 2 * H + j, n), (ONE - fresh * fresh));
      vf dr = dn * load_part(candidate + j, n) * SLOPE(load_part(slopes + j, n), (r * (ONE - r)));
      vf dz = up * (load_part(h_prev + j, n) - fresh) * SLOPE(load_part(slopes + H + j, n), (z * (ONE - z)));
      store_part(delta + j, dr, n);
      store_part(delta + H + j, dz, n);
      store_part(delta + 2 * H + j, dn, n);
      store_part(delta_recurrent + j, dr, n);
      store_part(delta_recurrent + H + j, dz, n);
      store_part(delta_recurrent + 2 * H + j, dn * r, n);
      store_part(dh_prev + j, load_part(dh_prev + j, n) + up * z, n);
    }
    dh += H, dh_prev += H, candidate += H, h_prev += H;
    gates += 3 * H, delta += 3 * H, delta_recurrent += 3 * H;
    if (slopes) slopes += 4 * H;
  }
}

/* slopes, in double: rows of 2·H, those of z and 1 − z. */
KERNEL(min_gru_forward) {
  for (; N > 0; N--) {
    FOR_UNITS(j, n) {
      vf az = load_part(gates + j, n), z = vsigmoid(az), fresh = load_part(gates + H + j, n);
      vf open = SLOPE(vsigmoid(-az), ONE - z);
      store_part(gates + j, z, n);
      store_part(h + j, open * load_part(h_prev + j, n) + z * fresh, n);
      KEEP(slopes + j, sigmoid_slope(az), n);
      KEEP(slopes + H + j, open, n);
    }
    h += H, h_prev += H, gates += 2 * H;
    if (slopes) slopes += 2 * H;
  }
}

KERNEL(min_gru_backward) {
  for (; N > 0; N--) {
    FOR_UNITS(j, n) {
      vf z = load_part(gates + j, n), fresh = load_part(gates + H + j, n), up = load_part(dh + j, n);
      vf dz = up * (fresh - load_part(h_prev + j, n)) * SLOPE(load_part(slopes + j, n), (z * (ONE - z)));
      store_part(delta + j, dz, n);
      store_part(delta + H + j, up * z, n);
      store_part(dh_prev + j, load_part(dh_prev + j, n) + up * SLOPE(load_part(slopes + H + j, n), (ONE - z)), n);
    }
    dh += H, dh_prev += H, h_prev += H, gates += 2 * H, delta += 2 * H;
    if (slopes) slopes += 2 * H;
  }
}
