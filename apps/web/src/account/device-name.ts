const names: readonly (readonly [RegExp, string])[] = [
  [/iphone/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/android/i, 'Android device'],
  [/cros/i, 'Chromebook'],
  [/mac os/i, 'Mac'],
  [/windows/i, 'Windows computer'],
  [/linux/i, 'Linux computer'],
];

/** What to call a passkey that was made here, until its owner calls it something else. */
export function deviceName(userAgent: string): string {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Passkey';
}
