import { createReadStream } from 'node:fs';
import { Failure } from '../../src/record/failure.ts';

/** A file's text, piece by piece; bytes that are none of the character set end the reading, because they mean that it is another one. */
export async function* textOf(path: string, charset: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw new Failure('FILE_CHARSET', { file: path, charset });
    throw cause;
  }
}
