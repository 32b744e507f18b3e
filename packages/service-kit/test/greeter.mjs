// A small service of its own process: what every service is made of, with two operations to ask it for.
import 'reflect-metadata';
import { AppError } from '@viewora/contracts/errors';
import { greeterApi } from './greeter-api.mjs';

const { boot } = await import('@viewora/service-kit/boot');
const { Handle, On } = await import('@viewora/service-kit/handle');
const { Readiness } = await import('@viewora/service-kit/health');
const { appEnv, port, readEnv } = await import('@viewora/service-kit/env');
const { Bus } = await import('@viewora/service-kit/bus');
const { LOGGER } = await import('@viewora/service-kit/logger');
const { Controller, Module, Inject } = await import('@nestjs/common');

class GreeterHandlers {
  constructor(bus, logger) {
    this.bus = bus;
    this.logger = logger;
  }

  async greet({ name }) {
    this.logger.warn('greeting');
    if (name === 'nobody') throw new AppError('not_found', 'There is nobody');
    if (name === 'boom') throw new Error('secret internals');
    await this.bus.publishAll([{ event: greeterApi.greeted, payloadText: JSON.stringify({ name }) }]);
    return { text: `Hello ${name}` };
  }

  async *count({ to }) {
    for (let i = 1; i <= to; i++) yield { i };
  }

  greeted({ name }) {
    this.logger.warn({ name }, 'heard of a greeting');
  }
}

function decorate(target, key, decorator) {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  decorator(target, key, descriptor);
  Object.defineProperty(target, key, descriptor);
}
decorate(GreeterHandlers.prototype, 'greet', Handle(greeterApi.greet));
if (process.env.INCOMPLETE !== 'true') decorate(GreeterHandlers.prototype, 'count', Handle(greeterApi.count));
decorate(GreeterHandlers.prototype, 'greeted', On(greeterApi.greeted));
Controller()(GreeterHandlers);
Inject(Bus)(GreeterHandlers, undefined, 0);
Inject(LOGGER)(GreeterHandlers, undefined, 1);

class GreeterModule {
  constructor(readiness) {
    readiness.add('always', () => Promise.resolve());
    if (process.env.UNREADY === 'true') readiness.add('never', () => Promise.reject(new Error('down')));
  }
}
Inject(Readiness)(GreeterModule, undefined, 0);
Module({ controllers: [GreeterHandlers] })(GreeterModule);

await boot(GreeterModule, readEnv('greeter', { ...appEnv, PORT: port(1) }), { serves: greeterApi });
