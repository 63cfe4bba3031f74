/* The kernels of one build as a table of functions. */
#pragma once

#define FOR_KERNELS(K)                                                                                              \
  K(panel_width) K(pack) K(product) K(transposed_product) K(gather_rows) K(scatter_rows)               \
  K(add_to_rows) K(sum_rows) K(transpose) K(copy) K(add) K(multiply) K(scale) K(clamp) K(zero) K(sum_squares)       \
  K(tanh_forward) K(sigmoid_forward) K(relu_forward) K(tanh_backward) K(sigmoid_backward) K(relu_backward)          \
  K(lstm_forward) K(lstm_backward) K(gru_forward) K(gru_backward) K(softmax_cross_entropy) K(sgd) K(adagrad)        \
  K(rmsprop) K(adam)

struct kernels {
  int (*panel_width)(void);
  void (*pack)(float *, const float *, int, int, int, int);
  void (*product)(float *, int, const float *, const float *, int, int, int, const float *, int);
  void (*transposed_product)(float *, const float *, int, const float *, int, int, int, float *);
  void (*gather_rows)(float *, const float *, const int *, int, int);
  void (*scatter_rows)(float *, const float *, const int *, int, int, int, int);
  void (*add_to_rows)(float *, const float *, int, int);
  void (*sum_rows)(float *, const float *, int, int, int);
  void (*transpose)(float *, const float *, int, int);
  void (*copy)(float *, const float *, int);
  void (*add)(float *, const float *, const float *, int);
  void (*multiply)(float *, const float *, const float *, int);
  void (*scale)(float *, float, int);
  void (*clamp)(float *, float, int);
  void (*zero)(float *, int);
  double (*sum_squares)(const float *, int);
  void (*tanh_forward)(float *, int);
  void (*sigmoid_forward)(float *, int);
  void (*relu_forward)(float *, int);
  void (*tanh_backward)(float *, const float *, const float *, int);
  void (*sigmoid_backward)(float *, const float *, const float *, int);
  void (*relu_backward)(float *, const float *, const float *, int);
  void (*lstm_forward)(float *, float *, float *, float *, const float *, int, int);
  void (*lstm_backward)(float *, float *, float *, const float *, const float *, const float *, const float *, int, int);
  void (*gru_forward)(float *, float *, float *, const float *, const float *, int, int);
  void (*gru_backward)(float *, float *, float *, const float *, const float *, const float *, const float *, int, int);
  void (*softmax_cross_entropy)(float *, float *, const int *, int, int, float);
  void (*sgd)(float *, const float *, float *, int, float, float, float, float);
  void (*adagrad)(float *, const float *, float *, int, float, float, float, float);
  void (*rmsprop)(float *, const float *, float *, int, float, float, float, float, float, float);
  void (*adam)(float *, const float *, float *, float *, int, float, float, float, float, float, float, float, float, float, float);
};
