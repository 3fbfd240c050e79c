// Writes a language model of random weights as a GGUF file: a real llama architecture, small enough to make in a
// blink, that knows nothing. Constrained to the shape of tool calls it says schema-valid nonsense, which is what the
// model path has to stand. The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md

import { writeFileSync } from 'node:fs';

const width = 64;
const heads = 4;
const layers = 2;
const feedForward = 128;
const contextLength = 2048;

/** Value types of GGUF metadata. */
const u32 = 4;
const i32 = 5;
const f32 = 6;
const text = 8;
const list = 9;

/** SentencePiece kinds of token. */
const normal = 1;
const unknown = 2;
const control = 3;
const byte = 6;

interface Token {
  readonly text: string;
  readonly kind: number;
}

function vocabulary(): readonly Token[] {
  const special = [
    { text: '<unk>', kind: unknown },
    { text: '<s>', kind: control },
    { text: '</s>', kind: control },
  ];
  const bytes = Array.from({ length: 256 }, (_, value) => ({
    text: `<0x${value.toString(16).toUpperCase().padStart(2, '0')}>`,
    kind: byte,
  }));
  const letters = Array.from({ length: 94 }, (_, at) => ({
    text: String.fromCharCode(33 + at),
    kind: normal,
  }));
  return [...special, ...bytes, { text: '\u2581', kind: normal }, ...letters];
}

/** Writes the model. The same seed gives the same file. */
export function writeRandomModel(file: string, seed: number): void {
  const tokens = vocabulary();
  const tensors = tensorsOf(tokens.length);
  const random = gaussian(seed);
  const meta = metadata(tokens);
  const infos: Buffer[] = [];
  let offset = 0;
  for (const tensor of tensors) {
    const dims = Buffer.concat(tensor.shape.map(uint64));
    infos.push(
      Buffer.concat([string(tensor.name), uint32(tensor.shape.length), dims, uint32(0), uint64(offset)]),
    );
    offset += align(sizeOf(tensor) * 4);
  }
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(meta.length),
    ...meta,
    ...infos,
  ]);
  const padding = Buffer.alloc(align(head.length) - head.length);
  const data = tensors.map((tensor) => {
    const values = Float32Array.from({ length: sizeOf(tensor) }, () =>
      tensor.name.includes('norm') ? 1 : random() * tensor.spread,
    );
    return Buffer.concat([
      Buffer.from(values.buffer),
      Buffer.alloc(align(values.byteLength) - values.byteLength),
    ]);
  });
  writeFileSync(file, Buffer.concat([head, padding, ...data]));
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly spread: number;
}

function tensorsOf(vocabularySize: number): readonly Tensor[] {
  const spread = 1 / Math.sqrt(width);
  const block = (index: number): readonly Tensor[] => [
    { name: `blk.${index}.attn_norm.weight`, shape: [width], spread },
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((part) => ({
      name: `blk.${index}.${part}.weight`,
      shape: [width, width],
      spread,
    })),
    { name: `blk.${index}.ffn_norm.weight`, shape: [width], spread },
    { name: `blk.${index}.ffn_gate.weight`, shape: [width, feedForward], spread },
    { name: `blk.${index}.ffn_up.weight`, shape: [width, feedForward], spread },
    { name: `blk.${index}.ffn_down.weight`, shape: [feedForward, width], spread },
  ];
  return [
    { name: 'token_embd.weight', shape: [width, vocabularySize], spread: 1 },
    { name: 'output_norm.weight', shape: [width], spread },
    { name: 'output.weight', shape: [width, vocabularySize], spread: 3 * spread },
    ...Array.from({ length: layers }, (_, index) => block(index)).flat(),
  ];
}

function metadata(tokens: readonly Token[]): readonly Buffer[] {
  const number = (key: string, value: number) => Buffer.concat([string(key), uint32(u32), uint32(value)]);
  const words = (key: string, value: string) => Buffer.concat([string(key), uint32(text), string(value)]);
  const array = (key: string, type: number, values: readonly Buffer[]) =>
    Buffer.concat([string(key), uint32(list), uint32(type), uint64(values.length), ...values]);
  return [
    words('general.architecture', 'llama'),
    words('general.name', 'random'),
    number('llama.context_length', contextLength),
    number('llama.embedding_length', width),
    number('llama.block_count', layers),
    number('llama.feed_forward_length', feedForward),
    number('llama.attention.head_count', heads),
    number('llama.attention.head_count_kv', heads),
    number('llama.rope.dimension_count', width / heads),
    number('llama.vocab_size', tokens.length),
    Buffer.concat([string('llama.attention.layer_norm_rms_epsilon'), uint32(f32), float(1e-5)]),
    words('tokenizer.ggml.model', 'llama'),
    array(
      'tokenizer.ggml.tokens',
      text,
      tokens.map((token) => string(token.text)),
    ),
    array(
      'tokenizer.ggml.scores',
      f32,
      tokens.map((_, index) => float(-index)),
    ),
    array(
      'tokenizer.ggml.token_type',
      i32,
      tokens.map((token) => uint32(token.kind)),
    ),
    number('tokenizer.ggml.unknown_token_id', 0),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', 2),
  ];
}

function sizeOf(tensor: Tensor): number {
  return tensor.shape.reduce((product, side) => product * side, 1);
}

const align = (bytes: number) => Math.ceil(bytes / 32) * 32;
const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const uint64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const float = (value: number) => Buffer.from(Float32Array.of(value).buffer);
const string = (value: string) => Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);

/** Normal deviates by Box and Muller over mulberry32, a small generator with a 32-bit state. */
function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
