// What the office gave this phone: who works with it and where, the forms, the families, the maps.
import * as vault from "./vault.js";

const memory = new Map();

export async function read(id) {
  if (!memory.has(id)) memory.set(id, await vault.get("kept", id));
  return memory.get(id);
}

export async function write(id, told) {
  await vault.put("kept", id, told);
  memory.set(id, told);
}

export const forget = () => memory.clear();
export const token = async () => (await read("token"))?.token;
export const bundle = async () => (await read("bundle"))?.told;
export const families = async () => (await read("families"))?.told.families ?? [];
export const journeys = async () => (await read("families"))?.told.journeys ?? [];
export const form = async (id) => (await read(`form/${id}`))?.told;
export const map = async (village) => (await read(`map/${village}`))?.told;
export const sent = async () => (await read("sent")) ?? { total: 0, last: [] };

/** 32 bytes nobody else has: what houses are shifted by. */
export async function secret() {
  const known = await read("secret");
  if (known) return Uint8Array.from(known);
  const fresh = crypto.getRandomValues(new Uint8Array(32));
  await write("secret", [...fresh]);
  return fresh;
}
