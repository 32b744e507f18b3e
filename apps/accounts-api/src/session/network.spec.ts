import { networkOf } from './network.ts';

test.each([
  ['203.0.113.77', '203.0.113.x'],
  ['::ffff:203.0.113.77', '203.0.113.x'],
  ['2001:db8:85a3:1234::7', '2001:db8:85a3:…'],
  ['2001:db8::7', '2001:db8:0:…'],
  ['::1', '0:0:0:…'],
  ['', 'unknown'],
  ['203.0.113.77\0', 'unknown'],
  ['not an address', 'unknown'],
])('%p is in %p', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
