/*
 * The cells' pointwise parts, one timestep each. The formulas (F…, B…) stand in model/cells.
 *
 * In double the way forward also leaves every activation's derivative in `slopes`, formed from its argument, and the way
 * back takes it from there; in float, where training has no use for the last digits, it is formed from the activation.
 */
#include "vector.h"

#define FOR_UNITS(j, n) for (int j = 0, n; n = hidden - j, j < hidden; j += WIDTH)
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

/* slopes, in double: rows of 5·H, those of i f g o and of tanh(c). */
static void lstm_forward(number *restrict h, number *restrict c, number *restrict squashed, number *restrict gates,
                         const number *restrict c_prev, number *restrict slopes, int rows, int hidden) {
  for (; rows > 0; rows--) {
    number *pi = gates, *pf = pi + hidden, *pg = pf + hidden, *po = pg + hidden;
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
      KEEP(slopes + hidden + j, sigmoid_slope(af), n);
      KEEP(slopes + 2 * hidden + j, tanh_slope(ag), n);
      KEEP(slopes + 3 * hidden + j, sigmoid_slope(ao), n);
      KEEP(slopes + 4 * hidden + j, tanh_slope(state), n);
    }
    h += hidden, c += hidden, squashed += hidden, c_prev += hidden, gates += 4 * hidden;
    if (slopes) slopes += 5 * hidden;
  }
}

static void lstm_backward(number *restrict delta, number *restrict dc, number *restrict dc_prev, const number *restrict dh,
                          const number *restrict gates, const number *restrict squashed, const number *restrict c_prev,
                          const number *restrict slopes, int rows, int hidden) {
  for (; rows > 0; rows--) {
    const number *pi = gates, *pf = pi + hidden, *pg = pf + hidden, *po = pg + hidden;
    number *di = delta, *df = di + hidden, *dg = df + hidden, *d_o = dg + hidden;
    FOR_UNITS(j, n) {
      vf i = load_part(pi + j, n), f = load_part(pf + j, n), g = load_part(pg + j, n), o = load_part(po + j, n);
      vf s = load_part(squashed + j, n), up = load_part(dh + j, n);
      vf total = load_part(dc + j, n) + up * o * SLOPE(load_part(slopes + 4 * hidden + j, n), (ONE - s * s));
      store_part(dc + j, total, n);
      store_part(dc_prev + j, total * f, n);
      store_part(di + j, total * g * SLOPE(load_part(slopes + j, n), (i * (ONE - i))), n);
      store_part(df + j, total * load_part(c_prev + j, n) * SLOPE(load_part(slopes + hidden + j, n), (f * (ONE - f))), n);
      store_part(dg + j, total * i * SLOPE(load_part(slopes + 2 * hidden + j, n), (ONE - g * g)), n);
      store_part(d_o + j, up * s * SLOPE(load_part(slopes + 3 * hidden + j, n), (o * (ONE - o))), n);
    }
    dh += hidden, dc += hidden, dc_prev += hidden, squashed += hidden, c_prev += hidden;
    gates += 4 * hidden, delta += 4 * hidden;
    if (slopes) slopes += 5 * hidden;
  }
}

/* slopes, in double: rows of 4·H, those of r z n and 1 − z, which is lost beside a z of 1. */
static void gru_forward(number *restrict h, number *restrict candidate, number *restrict gates,
                        const number *restrict recurrent, const number *restrict h_prev, number *restrict slopes, int rows,
                        int hidden) {
  for (; rows > 0; rows--) {
    number *pr = gates, *pz = pr + hidden, *pn = pz + hidden;
    const number *br = recurrent, *bz = br + hidden, *bn = bz + hidden;
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
      KEEP(slopes + hidden + j, sigmoid_slope(az), n);
      KEEP(slopes + 2 * hidden + j, tanh_slope(an), n);
      KEEP(slopes + 3 * hidden + j, open, n);
    }
    h += hidden, candidate += hidden, h_prev += hidden, gates += 3 * hidden, recurrent += 3 * hidden;
    if (slopes) slopes += 4 * hidden;
  }
}

static void gru_backward(number *restrict delta, number *restrict delta_recurrent, number *restrict dh_prev,
                         const number *restrict dh, const number *restrict gates, const number *restrict candidate,
                         const number *restrict h_prev, const number *restrict slopes, int rows, int hidden) {
  for (; rows > 0; rows--) {
    const number *pr = gates, *pz = pr + hidden, *pn = pz + hidden;
    FOR_UNITS(j, n) {
      vf r = load_part(pr + j, n), z = load_part(pz + j, n), fresh = load_part(pn + j, n), up = load_part(dh + j, n);
      vf dn = up * SLOPE(load_part(slopes + 3 * hidden + j, n), (ONE - z)) *
              SLOPE(load_part(slopes + 2 * hidden + j, n), (ONE - fresh * fresh));
      vf dr = dn * load_part(candidate + j, n) * SLOPE(load_part(slopes + j, n), (r * (ONE - r)));
      vf dz = up * (load_part(h_prev + j, n) - fresh) * SLOPE(load_part(slopes + hidden + j, n), (z * (ONE - z)));
      store_part(delta + j, dr, n);
      store_part(delta + hidden + j, dz, n);
      store_part(delta + 2 * hidden + j, dn, n);
      store_part(delta_recurrent + j, dr, n);
      store_part(delta_recurrent + hidden + j, dz, n);
      store_part(delta_recurrent + 2 * hidden + j, dn * r, n);
      store_part(dh_prev + j, load_part(dh_prev + j, n) + up * z, n);
    }
    dh += hidden, dh_prev += hidden, candidate += hidden, h_prev += hidden;
    gates += 3 * hidden, delta += 3 * hidden, delta_recurrent += 3 * hidden;
    if (slopes) slopes += 4 * hidden;
  }
}
