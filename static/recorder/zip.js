// @ts-check
/** Files in one zip, stored as they are: names are ASCII, nothing is packed, well below 4 GB. */

/** @typedef {{name: string, data: Uint8Array}} File */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** 1 January 1980, the first day that a zip knows: the same clips make the same file. */
const DAY = 0x21;

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {Uint8Array} data */
export function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {File[]} files @returns {Uint8Array[]} the parts of the zip, in their order */
export function zip(files) {
  const local = [], central = [];
  let at = 0;
  for (const { name, data } of files) {
    const ascii = new TextEncoder().encode(name);
    // version, flags, method, time, day, CRC, both sizes, lengths of name and extra field
    const facts = [[VERSION, 2], [0, 2], [0, 2], [0, 2], [DAY, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [ascii.length, 2], [0, 2]];
    const head = packed([[LOCAL, 4], ...facts]);
    local.push(head, ascii, data);
    central.push(packed([[CENTRAL, 4], [VERSION, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), ascii);
    at += head.length + ascii.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = packed([[END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]]);
  return [...local, ...central, end];
}

/** Little-endian numbers of two or four bytes. @param {number[][]} fields */
function packed(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [, length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, length] of fields) {
    if (length === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    at += length;
  }
  return bytes;
}
