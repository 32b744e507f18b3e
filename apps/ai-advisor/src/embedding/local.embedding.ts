import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LanguageModelError } from '../model/language-model.ts';
import type { EmbeddingSource } from './embedding.source.ts';
import type { EmbeddingResult, EmbeddingTask } from './local.embedding.worker.ts';

const program = join(import.meta.dirname, '../../dist/embedding/local.embedding.worker.js');
/** A tenth of a second's work: so long a question waits for what is under way. */
const chunkSize = 8;
const chunkTimeoutMs = 30_000;
/** The model takes some 200 MB, and half a second to be there again. Only a process gives all of its memory back. */
const idleMs = 120_000;

export const localSource = { name: 'energetic-en-0.2.0', dimensions: 512 };

interface Job extends EmbeddingTask {
  signal: AbortSignal | undefined;
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/**
 * Vectors without anybody else, for texts in English: Google's Universal Sentence Encoder (lite), whose weights come with its package.
 * It computes in a process of its own, which is there only while there is something to do; questions go before documents.
 */
export class LocalEmbedding implements EmbeddingSource, OnApplicationShutdown {
  readonly name = localSource.name;
  readonly dimensions = localSource.dimensions;
  private readonly waiting: Record<'query' | 'document', Job[]> = { query: [], document: [] };
  private worker: ChildProcess | undefined;
  private running: Job | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Of the process that computes, while there is one. */
  get processId(): number | undefined {
    return this.worker?.pid;
  }

  async embed(texts: readonly string[], as: 'document' | 'query', signal?: AbortSignal): Promise<Float32Array[]> {
    const chunks: Promise<Float32Array[]>[] = [];
    for (let at = 0; at < texts.length; at += chunkSize) {
      chunks.push(this.enqueue(texts.slice(at, at + chunkSize), as, signal));
    }
    return (await Promise.all(chunks)).flat();
  }

  onApplicationShutdown(): void {
    this.end(new LanguageModelError('unavailable', 'the app is stopping'));
  }

  private enqueue(texts: readonly string[], as: 'document' | 'query', signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      this.waiting[as].push({ texts, signal, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.running) return;
    const job = this.waiting.query.shift() ?? this.waiting.document.shift();
    clearTimeout(this.timer);
    if (!job) {
      this.timer = setTimeout(() => this.end(), idleMs).unref();
      return;
    }
    if (job.signal?.aborted) {
      job.reject(job.signal.reason);
      this.next();
      return;
    }
    this.running = job;
    this.timer = setTimeout(() => this.end(silent()), chunkTimeoutMs);
    this.worker ??= this.open();
    this.worker.send({ texts: job.texts } satisfies EmbeddingTask);
  }

  private open(): ChildProcess {
    // It needs none of the app's settings, and its secrets least of all.
    const worker = fork(program, { serialization: 'advanced', env: {} });
    worker.on('message', (vectors: EmbeddingResult) => {
      if (this.worker !== worker) return;
      const job = this.running;
      this.running = undefined;
      if (vectors) job?.resolve(vectors);
      else job?.reject(new LanguageModelError('invalid_request', 'there is a text that has no vector'));
      this.next();
    });
    const brokeOff = () => {
      if (this.worker === worker) this.end(new LanguageModelError('unavailable', 'the embedding process broke off'));
    };
    worker.on('error', brokeOff).on('exit', brokeOff);
    worker.unref();
    worker.channel?.unref();
    return worker;
  }

  /** Ends the process; what it was at fails, what waits for it begins anew. */
  private end(error?: LanguageModelError): void {
    const { worker, running } = this;
    clearTimeout(this.timer);
    this.worker = this.running = undefined;
    worker?.kill('SIGKILL');
    if (error) running?.reject(error);
    if (this.waiting.query.length + this.waiting.document.length > 0) this.next();
  }
}

function silent(): LanguageModelError {
  return new LanguageModelError('timed_out', 'the embedding process was silent for too long');
}
