/* The cells' pointwise parts, one timestep each. The formulas (F…, B…) stand in model/cells. */
#include "vector.h"

#define FOR_UNITS(j, n) for (int j = 0, n; n = hidden - j, j < hidden; j += WIDTH)
#define ONE splat(1.0f)

static void tanh_forward(float *h, int count) {
  for (int j = 0; j < count; j += WIDTH) store_part(h + j, vtanh(load_part(h + j, count - j)), count - j);
}
static void sigmoid_forward(float *h, int count) {
  for (int j = 0; j < count; j += WIDTH) store_part(h + j, vsigmoid(load_part(h + j, count - j)), count - j);
}
/* !(x <= 0) and not x > 0: a NaN must stay one. */
static void relu_forward(float *h, int count) {
  for (int j = 0; j < count; j++) h[j] = h[j] <= 0 ? 0 : h[j];
}

static void tanh_backward(float *restrict delta, const float *dh, const float *h, int count) {
  for (int j = 0; j < count; j++) delta[j] = dh[j] * (1 - h[j] * h[j]);
}
static void sigmoid_backward(float *restrict delta, const float *dh, const float *h, int count) {
  for (int j = 0; j < count; j++) delta[j] = dh[j] * (h[j] * (1 - h[j]));
}
static void relu_backward(float *restrict delta, const float *dh, const float *h, int count) {
  for (int j = 0; j < count; j++) delta[j] = h[j] <= 0 ? 0 : dh[j];
}

static void lstm_forward(float *restrict h, float *restrict c, float *restrict squashed, float *restrict gates,
                  const float *restrict c_prev, int rows, int hidden) {
  for (; rows > 0; rows--) {
    float *pi = gates, *pf = pi + hidden, *pg = pf + hidden, *po = pg + hidden;
    FOR_UNITS(j, n) {
      vf i = vsigmoid(load_part(pi + j, n)), f = vsigmoid(load_part(pf + j, n));
      vf g = vtanh(load_part(pg + j, n)), o = vsigmoid(load_part(po + j, n));
      vf state = f * load_part(c_prev + j, n) + i * g;
      vf s = vtanh(state);
      store_part(pi + j, i, n);
      store_part(pf + j, f, n);
      store_part(pg + j, g, n);
      store_part(po + j, o, n);
      store_part(c + j, state, n);
      store_part(squashed + j, s, n);
      store_part(h + j, o * s, n);
    }
    h += hidden, c += hidden, squashed += hidden, c_prev += hidden, gates += 4 * hidden;
  }
}

static void lstm_backward(float *restrict delta, float *restrict dc, float *restrict dc_prev, const float *restrict dh,
                   const float *restrict gates, const float *restrict squashed, const float *restrict c_prev,
                   int rows, int hidden) {
  for (; rows > 0; rows--) {
    const float *pi = gates, *pf = pi + hidden, *pg = pf + hidden, *po = pg + hidden;
    float *di = delta, *df = di + hidden, *dg = df + hidden, *d_o = dg + hidden;
    FOR_UNITS(j, n) {
      vf i = load_part(pi + j, n), f = load_part(pf + j, n), g = load_part(pg + j, n), o = load_part(po + j, n);
      vf s = load_part(squashed + j, n), up = load_part(dh + j, n);
      vf total = load_part(dc + j, n) + up * o * (ONE - s * s);
      store_part(dc + j, total, n);
      store_part(dc_prev + j, total * f, n);
      store_part(di + j, total * g * (i * (ONE - i)), n);
      store_part(df + j, total * load_part(c_prev + j, n) * (f * (ONE - f)), n);
      store_part(dg + j, total * i * (ONE - g * g), n);
      store_part(d_o + j, up * s * (o * (ONE - o)), n);
    }
    dh += hidden, dc += hidden, dc_prev += hidden, squashed += hidden, c_prev += hidden;
    gates += 4 * hidden, delta += 4 * hidden;
  }
}

static void gru_forward(float *restrict h, float *restrict candidate, float *restrict gates, const float *restrict recurrent,
                 const float *restrict h_prev, int rows, int hidden) {
  for (; rows > 0; rows--) {
    float *pr = gates, *pz = pr + hidden, *pn = pz + hidden;
    const float *br = recurrent, *bz = br + hidden, *bn = bz + hidden;
    FOR_UNITS(j, n) {
      vf r = vsigmoid(load_part(pr + j, n) + load_part(br + j, n));
      vf z = vsigmoid(load_part(pz + j, n) + load_part(bz + j, n));
      vf b = load_part(bn + j, n);
      vf fresh = vtanh(load_part(pn + j, n) + r * b);
      store_part(pr + j, r, n);
      store_part(pz + j, z, n);
      store_part(pn + j, fresh, n);
      store_part(candidate + j, b, n);
      store_part(h + j, (ONE - z) * fresh + z * load_part(h_prev + j, n), n);
    }
    h += hidden, candidate += hidden, h_prev += hidden, gates += 3 * hidden, recurrent += 3 * hidden;
  }
}

static void gru_backward(float *restrict delta, float *restrict delta_recurrent, float *restrict dh_prev,
                  const float *restrict dh, const float *restrict gates, const float *restrict candidate,
                  const float *restrict h_prev, int rows, int hidden) {
  for (; rows > 0; rows--) {
    const float *pr = gates, *pz = pr + hidden, *pn = pz + hidden;
    FOR_UNITS(j, n) {
      vf r = load_part(pr + j, n), z = load_part(pz + j, n), fresh = load_part(pn + j, n), up = load_part(dh + j, n);
      vf dn = up * (ONE - z) * (ONE - fresh * fresh);
      vf dr = dn * load_part(candidate + j, n) * (r * (ONE - r));
      vf dz = up * (load_part(h_prev + j, n) - fresh) * (z * (ONE - z));
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
  }
}
