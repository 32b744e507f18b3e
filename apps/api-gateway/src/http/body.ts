import { AppError } from '@viewora/contracts/errors';
import { invalidInput } from '@viewora/service-kit/errors';
import type { FastifyInstance } from 'fastify';
import { parse } from 'secure-json-parse';

export const bodyLimitBytes = 256 * 1024;
/** No input of ours is nested deeper than a polygon's positions. */
const mostDepth = 20;

/** JSON bodies only, strict UTF-8, bounded in size and depth. */
export function addJsonParser(fastify: FastifyInstance, types = ['application/json']): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, ({ headers }, body, done) => {
    try {
      refuseOtherCharsets(headers['content-type']);
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** The same, and JSON that says it is text: a browser sends no other beacon to another site without asking first. */
export function addBeaconParser(fastify: FastifyInstance): void {
  addJsonParser(fastify, ['application/json', 'text/plain']);
}

/** Forms only, left for whoever reads them as they come. */
export function addFormParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));
  fastify.addContentTypeParser('*', (_request, _body, done) =>
    done(new AppError('invalid_input', 'The body must be multipart/form-data', { status: 415 })),
  );
}

/** JSON is UTF-8 (RFC 8259); read as such, another encoding's bytes would say something else. */
function refuseOtherCharsets(contentType = ''): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  if (!/^utf-?8$/i.test(charset)) throw new AppError('invalid_input', 'The body must be in UTF-8', { status: 415 });
}

/** `field` is what the text is of; a whole body where it is empty. */
export function parseJson(body: Buffer, field = ''): unknown {
  const text = decode(body);
  const what = field === '' ? 'the body is' : 'is';
  if (depthOf(text) > mostDepth)
    throw invalidInput([{ path: field, message: `${what} nested deeper than ${mostDepth} levels` }]);
  try {
    return parse(text, null, { protoAction: 'error', constructorAction: 'error' });
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      field === '' ? 'The body is not JSON' : '1 field is invalid',
      { errors: [{ path: field, message: `${what} not JSON` }] },
      { cause },
    );
  }
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      'The body is not UTF-8',
      { errors: [{ path: '', message: 'the body is not UTF-8' }] },
      { cause },
    );
  }
}

/** Nesting, without building anything: brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (isString) {
      if (c === '\\') i++;
      else if (c === '"') isString = false;
    } else if (c === '"') isString = true;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth);
    else if (c === '}' || c === ']') depth--;
  }
  return deepest;
}
