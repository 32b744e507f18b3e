import type { AdminUser, AuditEntry, Statistics } from '@viewora/contracts/admin';
import type { AdminApplication } from '@viewora/contracts/application';
import type { AdminListing, Report } from '@viewora/contracts/moderation';
import type { MostViewed } from '@viewora/contracts/ranking';
import type { User } from '@viewora/contracts/user';
import { json, type Replies, session } from './fake-accounts.ts';

const hour = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const idOf = (kind: string, n: number) => `0192f0c1-2b3c-7d4e-8f5a-${kind}${String(n).padStart(8, '0')}`;

export const admin: User = {
  id: idOf('ad00', 1),
  email: 'admin@viewora.test',
  name: 'Demo Admin',
  role: 'admin',
  verification: 'not_needed',
  createdAt: '2026-01-04T10:00:00.000Z',
  version: 1,
};

const people = [
  ['Asha Menon', 'asha.menon', 'seller', 'pending', 'active'],
  ['Ravi Kumar', 'ravi', 'broker', 'approved', 'active'],
  ['Jo', 'jo', 'buyer', 'not_needed', 'unconfirmed'],
  ['Maximiliana Featherstonehaugh-Cholmondeley', 'm.featherstonehaugh.cholmondeley', 'seller', 'none', 'active'],
  ['Lee Park', 'lee.park', 'buyer', 'not_needed', 'blocked'],
  ['Priya Nair', 'priya', 'broker', 'rejected', 'active'],
  ['Tom Okafor', 'tom.okafor', 'seller', 'none', 'active'],
  ['ശ്രീ രാമൻ', 'sree.raman', 'seller', 'approved', 'active'],
] as const;

export const users: AdminUser[] = [
  { ...admin, status: 'active', blockedAt: null, blockedReason: null, lastSeenAt: ago(0) },
  ...people.map(([name, mail, role, verification, status], i) => ({
    id: idOf('0a00', i),
    email: `${mail}@viewora.test`,
    name,
    role,
    verification,
    status,
    createdAt: ago((i + 1) * 60 * hour),
    version: 1,
    blockedAt: status === 'blocked' ? ago(20 * hour) : null,
    blockedReason: status === 'blocked' ? 'Unwanted messages to other people.' : null,
    lastSeenAt: status === 'unconfirmed' ? null : ago(i * 7 * hour),
  })),
];

const homes = [
  ['3-bed house in Folsom', 'house', 'published', 61_990_000, 'Folsom', 2],
  ['2-bed flat in Roseville', 'flat', 'published', 34_500_000, 'Roseville', 0],
  ['Plot in Elk Grove', 'plot', 'draft', null, null, 0],
  [
    'A sunny corner house with a long garden, a garage for two and a view of the American River',
    'house',
    'published',
    128_500_000,
    'Sacramento',
    1,
  ],
  ['Shop in Citrus Heights', 'commercial', 'sold', 88_000_000, 'Citrus Heights', 0],
  ['4-bed house in Rancho Cordova', 'house', 'published', 52_900_000, 'Rancho Cordova', 0],
] as const;

export const listings: AdminListing[] = homes.map(([title, type, status, priceMinor, city, openReports], i) => ({
  id: idOf('1500', i),
  title,
  type,
  status,
  priceMinor,
  currency: 'USD',
  city,
  ownerId: i % 2 === 0 ? idOf('0a00', 0) : null,
  isBlocked: i === 5,
  blockedAt: i === 5 ? ago(90 * hour) : null,
  blockedReason: i === 5 ? 'The same home is listed already.' : null,
  openReports,
  updatedAt: ago(i * 5 * hour),
}));

export const applications: AdminApplication[] = (
  [
    [0, 'seller', 'The house is mine and my sister’s. She agrees to the sale, and has signed the proof as well.'],
    [5, 'broker', null],
    [3, 'seller', null],
  ] as const
).map(([person, role, message], i) => ({
  id: idOf('a900', i),
  role,
  status: 'pending',
  message,
  documents: (role === 'seller'
    ? (['ownership_proof'] as const)
    : (['broker_licence', 'broker_certificate'] as const)
  ).map((kind, n) => ({
    id: idOf('d0c0', i * 10 + n),
    kind,
    name: n === 0 ? 'scan-2026-04-30.pdf' : 'certificate.jpg',
    contentType: n === 0 ? ('application/pdf' as const) : ('image/jpeg' as const),
    bytes: n === 0 ? 1_240_000 : 84_000,
    isUploaded: true,
  })),
  createdAt: ago((70 - i * 20) * hour),
  submittedAt: ago((60 - i * 20) * hour),
  decidedAt: null,
  reason: null,
  applicant: { id: idOf('0a00', person), name: people[person][0], email: `${people[person][1]}@viewora.test` },
  decidedBy: null,
}));

export const reports: Report[] = (
  [
    [0, 'fraud', 'I live next door and this house is not for sale. Somebody took the pictures from our street.', true],
    [0, 'not_for_sale', null, false],
    [3, 'wrong_facts', 'It has two bedrooms, not four.', false],
  ] as const
).map(([home, reason, text, isSignedIn], i) => ({
  id: idOf('4e00', i),
  listing: listings[home] as AdminListing,
  reason,
  text,
  reporterId: isSignedIn ? idOf('0a00', 2) : null,
  status: 'open',
  outcome: null,
  at: ago((30 - i * 8) * hour),
  decidedAt: null,
}));

const acts = [
  ['listing.block', 'listing', '4-bed house in Rancho Cordova', 'The same home is listed already.'],
  ['document.view', 'document', 'scan-2026-04-30.pdf', null],
  ['application.approve', 'application', 'Ravi Kumar', null],
  ['user.block', 'user', 'Lee Park', 'Unwanted messages to other people.'],
  ['report.dismiss', 'report', 'Shop in Citrus Heights', 'Checked: nothing is wrong.'],
  ['user.change_role', 'user', 'Priya Nair', 'They registered as the wrong thing.'],
] as const;

export const audit: AuditEntry[] = acts.map(([action, kind, label, reason], i) => ({
  id: idOf('a0d0', i),
  at: ago((i + 1) * 9 * hour),
  actor: { id: admin.id, name: admin.name },
  action,
  target: { kind, id: idOf('0a00', i), label },
  reason,
}));

export const statistics: Statistics = {
  usersByStatus: [
    { role: 'buyer', status: 'active', count: 932 },
    { role: 'seller', status: 'active', count: 212 },
    { role: 'broker', status: 'active', count: 31 },
    { role: 'admin', status: 'active', count: 2 },
    { role: 'buyer', status: 'unconfirmed', count: 64 },
    { role: 'seller', status: 'unconfirmed', count: 9 },
    { role: 'buyer', status: 'blocked', count: 3 },
    { role: 'seller', status: 'blocked', count: 1 },
  ],
  listingsByType: [
    { type: 'house', status: 'published', count: 812 },
    { type: 'house', status: 'sold', count: 90 },
    { type: 'house', status: 'draft', count: 14 },
    { type: 'flat', status: 'published', count: 120 },
    { type: 'flat', status: 'archived', count: 8 },
    { type: 'plot', status: 'published', count: 33 },
    { type: 'commercial', status: 'published', count: 5 },
  ],
  listingsByCity: [
    ['Sacramento', 412],
    ['Elk Grove', 114],
    ['Roseville', 98],
    ['Folsom', 61],
    ['Citrus Heights', 44],
    ['Rancho Cordova', 40],
    ['Antelope', 37],
    ['North Highlands', 31],
    ['Lincoln', 22],
    ['El Dorado Hills', 18],
  ].map(([city, count]) => ({ city: String(city), count: Number(count) })),
  otherCities: 93,
  mostViewed: null,
  mostSaved: listings
    .filter(({ status }) => status === 'published')
    .map(({ id, title, city }, i) => ({ id, title, city, count: 24 - i * 5 })),
  brokerDeals: [
    { brokerId: idOf('0a00', 1), name: 'Ravi Kumar', count: 12 },
    { brokerId: idOf('0a00', 5), name: 'Priya Nair', count: 7 },
  ],
  at: new Date().toISOString(),
};

export const mostViewed: MostViewed = {
  items: statistics.mostSaved.map((home, i) => ({ ...home, count: 310 - i * 40 })),
  asOf: new Date().toISOString(),
};

const page = <T>(items: readonly T[], more: object = {}) => json({ items, nextCursor: null, ...more });
const one = (path: string, items: readonly { id: string }[]): Replies =>
  Object.fromEntries(items.map((item) => [`GET ${path}/${item.id}`, json(item)]));

/** An administrator signed in, with something in every queue. */
export const asAdmin: Replies = {
  'GET /auth/session': session(admin),
  'GET /admin/statistics': json(statistics),
  'GET /admin/analytics/most-viewed': json(mostViewed),
  'GET /admin/users': page(users, { total: users.length }),
  'GET /admin/listings': page(listings),
  'GET /admin/applications': page(applications, { pending: applications.length }),
  'GET /admin/reports': page(reports, { open: reports.length }),
  'GET /admin/audit': page(audit),
  ...one('/admin/users', users),
  ...one('/admin/listings', listings),
  ...one('/admin/applications', applications),
};

/** The same with nothing to do and nobody there. */
export const nothingThere: Replies = {
  ...asAdmin,
  'GET /admin/analytics/most-viewed': json({ items: [], asOf: null }),
  'GET /admin/users': page([], { total: 0 }),
  'GET /admin/listings': page([]),
  'GET /admin/applications': page([], { pending: 0 }),
  'GET /admin/reports': page([], { open: 0 }),
  'GET /admin/audit': page([]),
};
