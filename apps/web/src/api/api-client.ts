import { createHttpClient } from '@viewora/contracts/http-client';

/** The one way to the back end: the page's own origin, which the host forwards to the gateway. */
export const call = createHttpClient();
