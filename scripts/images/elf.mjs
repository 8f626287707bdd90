/** The libraries that an ELF file asks for (System V ABI, "Dynamic Section"), 64 bit little-endian. */

const [PT_LOAD, PT_DYNAMIC] = [1, 2];
const [DT_NEEDED, DT_STRTAB, DT_RPATH, DT_RUNPATH] = [1n, 5n, 15n, 29n];

/** `needed` and the directories of RPATH or RUNPATH; `undefined` for what is no such file or static. */
export function readElf(data) {
  if (data.length < 64 || data.readUInt32BE(0) !== 0x7f454c46 || data[4] !== 2 || data[5] !== 1) return undefined;
  const segments = [];
  const [start, size, count] = [Number(data.readBigUInt64LE(32)), data.readUInt16LE(54), data.readUInt16LE(56)];
  for (let i = 0; i < count; i++) {
    const at = start + i * size;
    if (at + size > data.length) return undefined;
    segments.push({
      type: data.readUInt32LE(at),
      offset: Number(data.readBigUInt64LE(at + 8)),
      address: Number(data.readBigUInt64LE(at + 16)),
      length: Number(data.readBigUInt64LE(at + 32)),
    });
  }
  const dynamic = segments.find((one) => one.type === PT_DYNAMIC);
  if (dynamic === undefined) return undefined;
  const entries = [];
  for (let at = dynamic.offset; at + 16 <= Math.min(dynamic.offset + dynamic.length, data.length); at += 16)
    entries.push([data.readBigInt64LE(at), Number(data.readBigUInt64LE(at + 8))]);
  const table = entries.find(([tag]) => tag === DT_STRTAB)?.[1];
  const load = segments.find((one) => one.type === PT_LOAD && table >= one.address && table < one.address + one.length);
  if (load === undefined) return undefined;
  const strings = table - load.address + load.offset;
  const text = (at) => data.toString('utf8', strings + at, data.indexOf(0, strings + at));
  const all = (tag) => entries.filter(([one]) => one === tag).map(([, at]) => text(at));
  return {
    needed: all(DT_NEEDED),
    search: [...all(DT_RPATH), ...all(DT_RUNPATH)].flatMap((one) => one.split(':')),
  };
}
