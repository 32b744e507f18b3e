import { lazy } from 'react';

const importListingPage = () => import('./listing/listing-page.tsx');

/** A listing's page comes with the first one that somebody is about to open. */
export const ListingPage = lazy(() => importListingPage().then((module) => ({ default: module.ListingPage })));

export function preloadListingPage(): void {
  // A failure shows when the page is really opened.
  importListingPage().catch(() => {});
}

/** Most visits end without one of these. */
export const SignInPage = lazy(() => import('./entry/sign-in-page.tsx').then((m) => ({ default: m.SignInPage })));
export const SignUpPage = lazy(() => import('./entry/sign-up-page.tsx').then((m) => ({ default: m.SignUpPage })));
export const VerifyEmailPage = lazy(() =>
  import('./entry/verify-email-page.tsx').then((m) => ({ default: m.VerifyEmailPage })),
);
export const ForgotPasswordPage = lazy(() =>
  import('./entry/forgot-password-page.tsx').then((m) => ({ default: m.ForgotPasswordPage })),
);
export const ResetPasswordPage = lazy(() =>
  import('./entry/reset-password-page.tsx').then((m) => ({ default: m.ResetPasswordPage })),
);
export const AccountPage = lazy(() => import('./account/account-page.tsx').then((m) => ({ default: m.AccountPage })));

/** The work of sellers and brokers. */
export const OwnListingsPage = lazy(() =>
  import('./own-listings/own-listings-page.tsx').then((m) => ({ default: m.OwnListingsPage })),
);
export const EditorPage = lazy(() =>
  import('./listing-editor/editor-page.tsx').then((m) => ({ default: m.EditorPage })),
);
export const AnalyticsPage = lazy(() =>
  import('./listing-analytics/analytics-page.tsx').then((m) => ({ default: m.AnalyticsPage })),
);
export const ImportPage = lazy(() =>
  import('./listing-import/import-page.tsx').then((m) => ({ default: m.ImportPage })),
);
export const ImportProgressPage = lazy(() =>
  import('./listing-import/import-progress-page.tsx').then((m) => ({ default: m.ImportProgressPage })),
);
/** For the few who look after the platform. */
export const AdminPage = lazy(() => import('./admin/admin-page.tsx').then((m) => ({ default: m.AdminPage })));
export const SavedPage = lazy(() => import('./saved/saved-page.tsx').then((m) => ({ default: m.SavedPage })));
export const ComparePage = lazy(() => import('./compare/compare-page.tsx').then((m) => ({ default: m.ComparePage })));
export const PersonPage = lazy(() => import('./people/person-page.tsx').then((m) => ({ default: m.PersonPage })));
export const AccountErasedPage = lazy(() =>
  import('./account/account-erased-page.tsx').then((m) => ({ default: m.AccountErasedPage })),
);
export const GooglePage = lazy(() => import('./entry/google-page.tsx').then((m) => ({ default: m.GooglePage })));
export const VerificationPage = lazy(() =>
  import('./verification/verification-page.tsx').then((m) => ({ default: m.VerificationPage })),
);
export const NotificationsPage = lazy(() =>
  import('./notifications/notifications-page.tsx').then((m) => ({ default: m.NotificationsPage })),
);
export const PrivacyPage = lazy(() => import('./privacy/privacy-page.tsx').then((m) => ({ default: m.PrivacyPage })));
export const TrendingPage = lazy(() =>
  import('./trending/trending-page.tsx').then((m) => ({ default: m.TrendingPage })),
);
export const MarketsPage = lazy(() => import('./markets/markets-page.tsx').then((m) => ({ default: m.MarketsPage })));
export const MarketPage = lazy(() => import('./markets/market-page.tsx').then((m) => ({ default: m.MarketPage })));

const importAdvisorPage = () => import('./advisor/advisor-page.tsx');
const importAdvisorPanel = () => import('./advisor/advisor-panel.tsx');

/** Comes when somebody is about to ask. */
export const AdvisorPage = lazy(() => importAdvisorPage().then((m) => ({ default: m.AdvisorPage })));
export const AdvisorPanel = lazy(() => importAdvisorPanel().then((m) => ({ default: m.AdvisorPanel })));

export function preloadAdvisor(): void {
  // A failure shows when it is really opened.
  importAdvisorPanel().catch(() => {});
}
