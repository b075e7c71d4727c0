// Sharing a secret: split and combine by shamir-secret-sharing, and the check that a dealer was honest. Pure.
import { combine, split } from "shamir-secret-sharing";

export { combine, split };

function product(left, right) {
  let result = 0;
  for (let a = left, b = right; b; b >>= 1) {
    if (b & 1) result ^= a;
    a = (a << 1) ^ (a & 0x80 ? 0x11b : 0);
  }
  return result;
}

const INVERSE = new Uint8Array(256);
for (let a = 1; a < 256; a += 1) {
  for (let b = 1; b < 256; b += 1) if (product(a, b) === 1) INVERSE[a] = b;
}

/** The share that lies at x (1..255) on the polynomial through these shares, y bytes and then x. */
export function interpolate(shares, x) {
  const length = shares[0].length - 1;
  const value = new Uint8Array(length + 1);
  const xs = shares.map((share) => share[length]);
  for (const share of shares) {
    const weight = lagrange(share[length], xs, x);
    for (let place = 0; place < length; place += 1) value[place] ^= product(weight, share[place]);
  }
  value[length] = x;
  return value;
}

function lagrange(own, xs, x) {
  return xs
    .filter((other) => other !== own)
    .reduce((weight, other) => product(weight, product(x ^ other, INVERSE[own ^ other])), 1);
}
