// IndexedDB with promises: five drawers, every row {id, ...}.

const NAME = "aanchal";
const VERSION = 1;
export const DRAWERS = ["lock", "kept", "drafts", "outbox", "files", "sealed"];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => DRAWERS.forEach((drawer) => asked.result.createObjectStore(drawer, { keyPath: "id" }));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/** One transaction over some drawers: all of it is written or none of it. */
export async function within(drawers, mode, work) {
  const transaction = (await database()).transaction(drawers, mode);
  return new Promise((resolve, reject) => {
    let answer;
    transaction.oncomplete = () => resolve(answer?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    answer = work((drawer) => transaction.objectStore(drawer));
  });
}

export const get = (drawer, id) => within([drawer], "readonly", (open) => open(drawer).get(id));
export const all = (drawer) => within([drawer], "readonly", (open) => open(drawer).getAll());
export const ids = (drawer) => within([drawer], "readonly", (open) => open(drawer).getAllKeys());
export const count = (drawer) => within([drawer], "readonly", (open) => open(drawer).count());
export const put = (drawer, row) => within([drawer], "readwrite", (open) => open(drawer).put(row));
export const del = (drawer, id) => within([drawer], "readwrite", (open) => open(drawer).delete(id));

export function clear(drawers) {
  return within(drawers, "readwrite", (open) => {
    drawers.forEach((drawer) => open(drawer).clear());
  });
}
