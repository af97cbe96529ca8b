// A zip archive in memory; the same files give the same bytes.
// Source: PKWARE, APPNOTE.TXT, version 6.3 (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT),
// sections 4.3.7, 4.3.12, 4.3.16.
import { crc32, deflateRawSync } from 'node:zlib';

const [deflated, utf8, firstDay] = [8, 0x0800, 0x21]; // 1980-01-01, the first day that the format knows
const readable = (0o100644 << 16) >>> 0;

/** @param files pairs of a path with slashes and its bytes */
export function zip(files) {
  const [bodies, index] = [[], []];
  let offset = 0;
  for (const [path, content] of files) {
    const [name, data] = [Buffer.from(path), deflateRawSync(content, { level: 9 })];
    // version to read it, flags, method, time, day, checksum, both lengths, length of the name, of the extra
    // field
    const shared = Buffer.alloc(26);
    [20, utf8, deflated, 0, firstDay].forEach((value, i) => shared.writeUInt16LE(value, 2 * i));
    [crc32(content), data.length, content.length].forEach((value, i) =>
      shared.writeUInt32LE(value, 10 + 4 * i),
    );
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, data]);
    // comment, disk, internal attributes, then the mode of Unix and the place of the local header
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(readable, 6);
    rest.writeUInt32LE(offset, 10);
    bodies.push(local);
    index.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), shared, rest, name])); // made on Unix
    offset += local.length;
  }
  const length = index.reduce((sum, { length: one }) => sum + one, 0);
  const end = Buffer.alloc(18);
  [0, 0, files.length, files.length].forEach((value, i) => end.writeUInt16LE(value, 2 * i));
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...index, Buffer.from('PK\x05\x06'), end]);
}
