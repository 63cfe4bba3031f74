/* The kernels of one build as a table of functions, of float and of double. */
#pragma once

#define FOR_KERNELS(K)                                                                                              \
  K(panel_width) K(pack) K(product) K(transposed_product) K(gather_rows) K(scatter_rows)               \
  K(add_to_rows) K(sum_rows) K(transpose) K(copy) K(add) K(multiply) K(scale) K(clamp) K(zero) K(sum_squares)       \
  K(tanh_forward) K(sigmoid_forward) K(relu_forward) K(tanh_backward) K(sigmoid_backward) K(relu_backward)          \
  K(lstm_forward) K(lstm_backward) K(gru_forward) K(gru_backward) K(softmax_cross_entropy) K(sgd) K(adagrad)        \
  K(rmsprop) K(adam)

#define KERNELS(name, number)                                                                                                                         \
  struct name {                                                                                                                                       \
    int (*panel_width)(void);                                                                                                                         \
    void (*pack)(number *, const number *, int, int, int, int);                                                                                       \
    void (*product)(number *, int, const number *, const number *, int, int, int, const number *, int);                                               \
    void (*transposed_product)(number *, const number *, int, const number *, int, int, int, number *);                                               \
    void (*gather_rows)(number *, const number *, const int *, int, int);                                                                             \
    void (*scatter_rows)(number *, const number *, const int *, int, int, int, int);                                                                  \
    void (*add_to_rows)(number *, const number *, int, int);                                                                                          \
    void (*sum_rows)(number *, const number *, int, int, int);                                                                                        \
    void (*transpose)(number *, const number *, int, int);                                                                                            \
    void (*copy)(number *, const number *, int);                                                                                                      \
    void (*add)(number *, const number *, const number *, int);                                                                                       \
    void (*multiply)(number *, const number *, const number *, int);                                                                                  \
    void (*scale)(number *, number, int);                                                                                                             \
    void (*clamp)(number *, number, int);                                                                                                             \
    void (*zero)(number *, int);                                                                                                                      \
    double (*sum_squares)(const number *, int);                                                                                                       \
    void (*tanh_forward)(number *, number *, int);                                                                                                    \
    void (*sigmoid_forward)(number *, number *, int);                                                                                                 \
    void (*relu_forward)(number *, number *, int);                                                                                                    \
    void (*tanh_backward)(number *, const number *, const number *, const number *, int);                                                             \
    void (*sigmoid_backward)(number *, const number *, const number *, const number *, int);                                                          \
    void (*relu_backward)(number *, const number *, const number *, const number *, int);                                                             \
    void (*lstm_forward)(number *, number *, number *, number *, const number *, number *, int, int);                                                 \
    void (*lstm_backward)(number *, number *, number *, const number *, const number *, const number *, const number *, const number *, int, int);    \
    void (*gru_forward)(number *, number *, number *, const number *, const number *, number *, int, int);                                            \
    void (*gru_backward)(number *, number *, number *, const number *, const number *, const number *, const number *, const number *, int, int);     \
    void (*softmax_cross_entropy)(number *, number *, const int *, int, int, number);                                                                 \
    void (*sgd)(number *, const number *, number *, int, number, number, number, number);                                                             \
    void (*adagrad)(number *, const number *, number *, int, number, number, number, number);                                                         \
    void (*rmsprop)(number *, const number *, number *, int, number, number, number, number, number, number);                                         \
    void (*adam)(number *, const number *, number *, number *, int, number, number, number, number, number, number, number, number, number, number);  \
  };
KERNELS(kernels, float)
KERNELS(kernels64, double)
#undef KERNELS
