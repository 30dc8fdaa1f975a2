// Filled forms sealed to the office's public key (ECDH P-256, HKDF, AES-GCM): opened by field/sealed.py and by nobody on the phone.

const encoder = new TextEncoder();
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export const base64 = (buffer) => {
  let text = "";
  const octets = new Uint8Array(buffer);
  for (let at = 0; at < octets.length; at += 0x8000) text += String.fromCharCode(...octets.subarray(at, at + 0x8000));
  return btoa(text);
};
export const octets = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** `office` is {id, key}: which key, and its point in base64. */
export async function seal(office, told) {
  const theirs = await crypto.subtle.importKey("raw", octets(office.key), CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", ours.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const stretched = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: encoder.encode("aanchal sealed form") };
  const key = await crypto.subtle.deriveKey(how, stretched, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const aad = encoder.encode(`aanchal sealed form 1 ${office.id}`);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, encoder.encode(JSON.stringify(told)));
  return { key: office.id, point: base64(point), iv: base64(iv), data: base64(data) };
}

export const fileOf = (items) => new Blob([JSON.stringify({ aanchal: "sealed forms", version: 1, items })], { type: "application/json" });
