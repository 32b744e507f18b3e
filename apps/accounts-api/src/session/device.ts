import bowser from 'bowser';

/** "Firefox on Windows": enough to know one's own device by, and nothing that changes with an update. */
export function deviceOf(userAgent: string): string {
  const { browser, os } = bowser.parse(userAgent || 'unknown');
  if (!browser.name) return os.name ? `A browser on ${os.name}` : 'An unknown device';
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}
