/** What PyTorch computes its products with, and whether it is worth a comparison. */

/** What a side in Python says of its BLAS. */
export interface Blas {
  /** OpenBLAS, MKL, BLIS, ATLAS, reference; unknown where no library of one is loaded. */
  readonly name: string;
  readonly version: string | null;
  /** The kernel that it has chosen for this processor. */
  readonly kernel: string | null;
  readonly file: string | null;
}

/** Set for other programs, such would choose slower code for the peer: it is run without them. */
export const CLEARED = [
  ...['OPENBLAS_CORETYPE', 'OPENBLAS_VERBOSE', 'OPENBLAS_MAIN_FREE', 'GOTO_NUM_THREADS', 'GLIBC_TUNABLES'],
  ...['MKL_DEBUG_CPU_TYPE', 'MKL_ENABLE_INSTRUCTIONS', 'MKL_CBWR', 'MKL_VERBOSE', 'MKL_DYNAMIC'],
  ...['ATEN_CPU_CAPABILITY', 'DNNL_MAX_CPU_ISA', 'ONEDNN_MAX_CPU_ISA', 'DNNL_VERBOSE', 'ONEDNN_VERBOSE'],
  ...['BLIS_ARCH_TYPE', 'KMP_AFFINITY', 'GOMP_CPU_AFFINITY', 'OMP_PROC_BIND', 'OMP_DYNAMIC', 'LD_PRELOAD'],
] as const;

/** A tuned BLAS reaches three quarters of the core's peak and more; one that is not, a twentieth. */
const LEAST_SHARE = 0.25;

/**
 * Why no ratio against it means anything; null where one does.
 * @param peak its measured products, @param core the core's own peak or the fastest of others, GFLOP/s
 */
export function whyNoPeer(blas: Blas | null, peak: number, core: number): string | null {
  const measured = `${peak.toFixed(1)} GFLOP/s where the core has ${core.toFixed(0)}`;
  const get =
    'Get a real one: on Debian `apt install libopenblas0-pthread` (then `update-alternatives --display libblas.so.3-x86_64-linux-gnu`), or a PyTorch from pip and --python its python3';
  if (blas?.name === 'reference')
    return `PyTorch computes with a reference BLAS (${blas.file ?? 'netlib'}; ${measured}): no ratio is printed. ${get}.`;
  if (peak < LEAST_SHARE * core)
    return `PyTorch's products reach ${measured} (BLAS: ${inWords(blas)}): no ratio is printed. ${get}.`;
  return null;
}

export const inWords = (blas: Blas | null): string =>
  blas === null
    ? 'unknown'
    : [blas.name, blas.version, blas.kernel && `kernel ${blas.kernel}`].filter(Boolean).join(' ');
