import { letterHtml } from './letter.html.ts';
import { letterText } from './letter.text.ts';
import { greeting, letterOf } from './letter.ts';
import { Mail } from './mail.ts';

const origin = 'https://viewora.test';
const hostile = '<b>"x';
const person = { to: 'ada@viewora.test', name: hostile };

const kinds: { mail: unknown; shows: string[] }[] = [
  {
    mail: { ...person, template: 'verify_email', data: { token: 'a-b_c' } },
    shows: [`${origin}/verify-email#token=a-b_c`],
  },
  { mail: { ...person, template: 'already_registered', data: {} }, shows: [origin] },
  { mail: { ...person, template: 'sign_in_code', data: { code: '123456' } }, shows: ['123456'] },
  {
    mail: { ...person, template: 'reset_password', data: { token: 'a&b' } },
    shows: [`${origin}/reset-password#token=a%26b`],
  },
  { mail: { ...person, template: 'password_changed', data: { device: 'Firefox on Windows' } }, shows: ['Firefox on'] },
  {
    mail: { ...person, template: 'new_device', data: { device: 'Safari on iPhone', place: '203.0.113.x' } },
    shows: ['Safari on iPhone', '203.0.113.x'],
  },
  { mail: { ...person, template: 'application_approved', data: { role: 'broker' } }, shows: ['as a broker'] },
  {
    mail: { ...person, template: 'application_rejected', data: { role: 'seller', reason: 'The stamp\nis missing' } },
    shows: ['to be a seller', 'The stamp\nis missing', `${origin}/verification`],
  },
  {
    mail: { ...person, template: 'listing_blocked', data: { title: 'House in Folsom', reason: 'Another home' } },
    shows: ['House in Folsom', 'Another home'],
  },
  {
    mail: {
      ...person,
      template: 'listing_expiring',
      data: { listings: 'House in Folsom and 2 more', day: '2026-12-08', path: '/sell' },
    },
    shows: ['House in Folsom and 2 more', '2026-12-08', `${origin}/sell`],
  },
  { mail: { ...person, template: 'account_blocked', data: { reason: 'Sent spam' } }, shows: ['Sent spam'] },
  { mail: { ...person, template: 'account_erased', data: {} }, shows: [origin] },
  {
    mail: { ...person, template: 'factor_changed', data: { change: 'A passkey was added' } },
    shows: ['A passkey was added.', `${origin}/account`],
  },
];

function write(input: unknown) {
  const mail = Mail.parse(input);
  const letter = letterOf(mail, origin);
  const hello = greeting(mail.name);
  return { letter, text: letterText(hello, letter), html: letterHtml(hello, letter) };
}

test('there is a letter for every kind of mail, and each is tested here', () => {
  const templates = Mail.options.map(({ shape }) => shape.template.value);
  expect(kinds.map(({ mail }) => (mail as { template: string }).template)).toEqual(templates);
});

test.each(kinds)('$mail.template says what it is for, as text and as HTML, and escapes what people wrote', (kind) => {
  const { letter, text, html } = write(kind.mail);
  for (const part of kind.shows) {
    expect(text).toContain(part);
    expect(html).toContain(part);
  }
  expect(text).toContain(`Hello ${hostile},`);
  expect(html).toContain('Hello &lt;b&gt;&quot;x,');
  expect(html).not.toContain('<b>');
  expect(letter.subject).not.toMatch(/[\r\n]/);
  expect(letter.subject).not.toContain(hostile);
  expect(text).not.toContain('!');
});

test.each([
  ['new_device', { device: hostile, place: '<script>' }],
  ['listing_blocked', { title: hostile, reason: '<script>' }],
  ['application_rejected', { role: 'seller', reason: '<script>' }],
])('what is in a mail of %s is escaped as a name is', (template, data) => {
  const { html } = write({ ...person, template, data });
  expect(html).not.toMatch(/<b>|<script>/);
});

test.each([
  ['Ada Lovelace', 'Hello Ada Lovelace,'],
  ['J. R. Smith', 'Hello J. R. Smith,'],
  ['आदित्य शर्मा', 'Hello आदित्य शर्मा,'],
  ['Win at evil.test', 'Hello,'],
  ['https://evil.test', 'Hello,'],
  ['call me@evil', 'Hello,'],
])('%s is greeted, but no name becomes a link in our mail', (name, expected) => {
  expect(greeting(name)).toBe(expected);
});

test.each([
  'a@viewora.test\r\nBcc: b@viewora.test',
  'a@viewora.test, b@viewora.test',
  'a@viewora.test\0',
  '<a@viewora.test>',
])('an address that is more than an address is refused: %j', (to) => {
  const data = { code: '123456' };
  expect(Mail.safeParse({ to, name: 'Ada', template: 'sign_in_code', data }).success).toBe(false);
});
