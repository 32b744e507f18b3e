import ipaddr from 'ipaddr.js';

/**
 * The network of an address, cut so short that it names no household: 203.0.113.x, or the first 48 bits of an IPv6 address.
 * Only this form is kept.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6) {
    const groups = parsed.parts.slice(0, 3).map((part) => part.toString(16));
    return `${groups.join(':')}:…`;
  }
  return `${parsed.octets.slice(0, 3).join('.')}.x`;
}
