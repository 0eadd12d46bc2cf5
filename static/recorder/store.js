// @ts-check
/** The recordings of a hall, kept in this browser only. */

/** @typedef {import("./manifest.js").Recording} Recording */

const NAME = "window-zero.recordings";
const CLIPS = "clips";

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(CLIPS, { keyPath: ["hall", "key"] });
  return answer(asked);
}

/** @template T @param {IDBRequest<T>} asked @returns {Promise<T>} */
function answer(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Resolves when it is on disk. @param {(clips: IDBObjectStore) => void} change */
async function changed(change) {
  const database = await opened();
  try {
    const work = database.transaction(CLIPS, "readwrite");
    change(work.objectStore(CLIPS));
    await new Promise((resolve, reject) => {
      work.oncomplete = resolve;
      work.onabort = () => reject(work.error);
    });
  } finally {
    database.close();
  }
}

/** @param {string} hall @returns {Promise<Recording[]>} */
export async function all(hall) {
  const database = await opened();
  try {
    return await answer(database.transaction(CLIPS).objectStore(CLIPS).getAll(IDBKeyRange.bound([hall], [hall, []])));
  } finally {
    database.close();
  }
}

/** @param {string} hall @param {Recording} recording */
export const keep = (hall, recording) => changed((clips) => clips.put({ hall, ...recording }));

/** @param {string} hall @param {string} key */
export const drop = (hall, key) => changed((clips) => clips.delete([hall, key]));
