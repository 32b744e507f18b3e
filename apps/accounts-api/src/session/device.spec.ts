import { deviceOf } from './device.ts';

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['', 'An unknown device'],
  ['\0\r\n<script>', 'An unknown device'],
  [`${'A'.repeat(300)}/1 x`, 'An unknown device'],
  ['\x85Evil/1 x', 'An unknown device'],
  ['   /1 x', 'An unknown device'],
  ['Visit https://evil.example/1 x', 'An unknown device'],
])('%p is %p', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
