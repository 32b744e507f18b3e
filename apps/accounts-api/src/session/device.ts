import bowser from 'bowser';

const unknownDevice = 'An unknown device';
/** What a browser's or a system's name is made of. */
const plainName = /^[\p{L}\p{N}][\p{L}\p{N} .+_-]{0,29}$/u;

/**
 * "Firefox on Windows": enough to know one's own device by, and nothing that changes with an update. A client can call itself
 * anything, and this goes into a mail and a page: what does not look like a name is none.
 */
export function deviceOf(userAgent: string): string {
  const { browser, os } = bowser.parse(userAgent || 'unknown');
  const [browserName, osName] = [browser.name, os.name].map((name) =>
    name && plainName.test(name) ? name : undefined,
  );
  if (!browserName) return osName ? `A browser on ${osName}` : unknownDevice;
  return osName ? `${browserName} on ${osName}` : browserName;
}
