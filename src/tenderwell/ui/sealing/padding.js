// PADMÉ length padding: the size of a sealed bid says little about what is in it. Pure.
export const FLOOR = 65536;

/** The padded length in bytes; BigInt, because JavaScript's bit operators stop at 32 bits. */
export function padded(length) {
  if (length <= FLOOR) return FLOOR;
  const exact = BigInt(length);
  const exponent = exact.toString(2).length - 1;
  const free = BigInt(exponent - exponent.toString(2).length);
  const mask = (1n << free) - 1n;
  return Number((exact + mask) & ~mask);
}
