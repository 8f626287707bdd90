/** Draws client/icon.png (128 × 128): two stages, of which only the small one ships. */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const size = 128;
const pixels = Buffer.alloc(size * (size * 4 + 1));

function rectangle(left, top, width, height, [red, green, blue], radius = 8) {
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      const dx = Math.max(left + radius - x, x - (left + width - 1 - radius), 0);
      const dy = Math.max(top + radius - y, y - (top + height - 1 - radius), 0);
      if (dx * dx + dy * dy <= radius * radius) pixels.set([red, green, blue, 255], y * (size * 4 + 1) + 1 + x * 4);
    }
  }
}

rectangle(0, 0, size, size, [18, 38, 63], 20);
rectangle(16, 20, 60, 88, [88, 112, 140]);
for (const row of [32, 54, 76]) rectangle(26, row, 40, 14, [18, 38, 63], 3);
rectangle(56, 62, 56, 46, [36, 160, 237]);
rectangle(66, 76, 36, 18, [255, 255, 255], 3);

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const header = Buffer.alloc(13);
header.writeUInt32BE(size, 0);
header.writeUInt32BE(size, 4);
header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const image = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
writeFileSync('client/icon.png', Buffer.concat(image));
