// Starts a module, once and for all, and writes down what it has become: its memory and its globals go back into the module. What Go's runtime
// and the initializers of a thousand packages do is the same each time and takes half a second; an instance of a snapshot has it behind it.
//
// A snapshot is as reproducible as the module: the host gives the same random bytes each time, and here the same time.
import { systemCalls } from '../dist/wasi.js';

const SECTION = { memory: 5, globals: 6, exports: 7, start: 8, data: 11, dataCount: 12 };
const EXPORTED_GLOBAL = 3;
const CONSTANT = { 0x7f: 0x41, 0x7e: 0x42 };
const END = 0x0b;
const PAGE = 65_536;

// Between two runs of bytes that are not zero: less is cheaper within a run than as a run of its own.
const LEAST_GAP = 32;

/** Reads the binary format from a place on. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  slice(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

const unsigned = (value) => {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
};

const signed = (value) => {
  const bytes = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const low = Number(rest & 127n);
    if (rest >> 6n === 0n || rest >> 6n === -1n) return Buffer.from([...bytes, low]);
    bytes.push(low | 128);
  }
};

const sized = (bytes) => Buffer.concat([unsigned(bytes.length), bytes]);
const vector = (items) => Buffer.concat([unsigned(items.length), ...items]);

/** The sections of a module, in their order. */
function sectionsOf(module) {
  const sections = [];
  const reader = new Reader(module, 8);
  while (reader.at < module.length) sections.push({ id: reader.byte(), body: reader.slice(reader.number()) });
  return sections;
}

const assemble = (module, sections) => Buffer.concat([module.subarray(0, 8), ...sections.flatMap(({ id, body }) => [Buffer.from([id]), sized(body)])]);

/** The same module with some sections made anew. */
const rewritten = (module, changes) =>
  assemble(
    module,
    sectionsOf(module).map(({ id, body }) => ({ id, body: changes[id]?.(body) ?? body })),
  );

const exportNamed = (name, kind, index) => Buffer.concat([sized(Buffer.from(name)), Buffer.from([kind]), unsigned(index)]);

function exportsOf(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.number() }, () => ({ name: reader.slice(reader.number()).toString(), kind: reader.byte(), index: reader.number() }));
}

/** The types of a module's globals: what Go makes are i32 and i64, all mutable, each with a constant for a start. */
function globalTypes(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.number() }, () => {
    const [type, mutable, opcode] = reader.slice(3);
    if (mutable !== 1 || CONSTANT[type] !== opcode) throw new Error(`a global of another form than Go's: type ${type}, mutable ${mutable}, opcode ${opcode}`);
    reader.number();
    if (reader.byte() !== END) throw new Error('a global that starts with more than a constant');
    return type;
  });
}

/** A memory as data segments: the runs of bytes that are not zero. */
function segmentsOf(memory) {
  const segments = [];
  for (let start = nextNonZero(memory, 0); start < memory.length;) {
    let end = start;
    let next = start;
    while (next < memory.length && next - end < LEAST_GAP) {
      end = memory.indexOf(0, next);
      if (end < 0) end = memory.length;
      next = nextNonZero(memory, end);
    }
    segments.push(Buffer.concat([Buffer.from([0, CONSTANT[0x7f]]), signed(start), Buffer.from([END]), sized(memory.subarray(start, end))]));
    start = next;
  }
  return segments;
}

function nextNonZero(memory, from) {
  let at = from;
  while (at < memory.length && memory[at] === 0) at += 1;
  return at;
}

/** Runs `_initialize` of a module whose globals are exported as well. */
function initialized(module, globals) {
  const names = globals.map((_, index) => `global ${index}`);
  const opened = rewritten(module, {
    [SECTION.exports]: (body) =>
      vector([
        ...exportsOf(body).map(({ name, kind, index }) => exportNamed(name, kind, index)),
        ...names.map((name, index) => exportNamed(name, EXPORTED_GLOBAL, index)),
      ]),
  });
  let ticks = 0n;
  let log = '';
  const memory = () => instance.exports.memory.buffer;
  const calls = systemCalls(memory, (bytes) => (log += Buffer.from(bytes).toString()));
  const refuse = () => {
    throw new Error('a module must not call its host while it starts');
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(opened), {
    wasi_snapshot_preview1: {
      ...calls,
      // A nanosecond a call: the clock of any instance is later than this one ever was.
      clock_time_get: (clock, _precision, time) => {
        new DataView(memory()).setBigUint64(time, clock === 0 ? 0n : ++ticks, true);
        return 0;
      },
    },
    millrace: { input_size: refuse, input_copy: refuse, report: refuse, answer: refuse, panicked: refuse },
  });
  try {
    instance.exports._initialize();
  } catch (error) {
    throw new Error(`the module does not start: ${error}\n${log}`, { cause: error });
  }
  return { memory: Buffer.from(memory()), values: names.map((name) => instance.exports[name].value) };
}

/**
 * @param {Buffer} module as Go makes it, a reactor: a memory without a maximum, and a function `_initialize`
 * @returns {Buffer} the module after `_initialize`, without it
 */
export function snapshot(module) {
  const sections = new Map(sectionsOf(module).map(({ id, body }) => [id, body]));
  for (const id of [SECTION.start, SECTION.dataCount]) if (sections.has(id)) throw new Error(`the module has a section ${id}, which no Go had`);
  const globals = globalTypes(sections.get(SECTION.globals));
  const { memory, values } = initialized(module, globals);
  return rewritten(module, {
    [SECTION.memory]: (body) => {
      if (body[0] !== 1 || body[1] !== 0) throw new Error('not one memory without a maximum');
      return Buffer.concat([Buffer.from([1, 0]), unsigned(memory.length / PAGE)]);
    },
    [SECTION.globals]: () =>
      vector(globals.map((type, index) => Buffer.concat([Buffer.from([type, 1, CONSTANT[type]]), signed(values[index]), Buffer.from([END])]))),
    [SECTION.exports]: (body) => vector(exportsOf(body).flatMap(({ name, kind, index }) => (name === '_initialize' ? [] : [exportNamed(name, kind, index)]))),
    [SECTION.data]: () => vector(segmentsOf(memory)),
  });
}
