/** The gateway's environment as an injectable. */
export const GATEWAY_ENV = Symbol('gatewayEnv');
