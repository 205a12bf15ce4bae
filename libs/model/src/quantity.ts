const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity (`100Gi`, `500m`, `1e3`) stands for; undefined for what is none. */
export function quantityOf(text: string): number | undefined {
  const [, digits, unit, exponent] = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|([eE][+-]?\d+))?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return exponent === undefined ? Number(digits) * (UNITS[unit ?? ''] ?? Number.NaN) : Number(`${digits}${exponent}`);
}
