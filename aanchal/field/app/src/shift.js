// A house's position is moved by 10 to 30 m before it is kept (people/rules.py: shifted; tests/field/vectors.json).

const METRES_IN_A_DEGREE = 111_320;

/** `mark`: at least 8 bytes that nobody can guess, the same each time for the same house. */
export function shifted(longitude, latitude, mark) {
  const view = new DataView(mark.buffer, mark.byteOffset);
  const angle = (view.getUint32(0) / 2 ** 32) * 2 * Math.PI;
  const metres = 10 + (view.getUint32(4) / 2 ** 32) * 20;
  const north = latitude + (metres * Math.cos(angle)) / METRES_IN_A_DEGREE;
  const east = longitude + (metres * Math.sin(angle)) / (METRES_IN_A_DEGREE * Math.max(0.01, Math.cos((latitude * Math.PI) / 180)));
  return [Number(east.toFixed(6)), Number(north.toFixed(6))];
}

/** From the phone's own secret and the house's id, so that a second visit does not tell more than the first. */
export async function markOf(secret, house) {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(house)));
}
