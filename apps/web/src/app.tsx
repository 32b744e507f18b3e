import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { Dock } from './dock.tsx';
import { ListingSkeleton } from './listing/listing-skeleton.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { NotificationWatch } from './notifications/notification-watch.tsx';
import {
  AccountErasedPage,
  AccountPage,
  AdminPage,
  AdvisorPage,
  AnalyticsPage,
  ComparePage,
  EditorPage,
  ForgotPasswordPage,
  GooglePage,
  ImportPage,
  ImportProgressPage,
  ListingPage,
  MarketPage,
  MarketsPage,
  NotificationsPage,
  OwnListingsPage,
  PersonPage,
  PrivacyPage,
  ResetPasswordPage,
  SavedPage,
  SignInPage,
  SignUpPage,
  TrendingPage,
  VerificationPage,
  VerifyEmailPage,
} from './routes.ts';
import { SaveWish } from './saved/save-wish.tsx';
import { SearchPage } from './search/search-page.tsx';
import { OfflineBanner } from './ui/offline-banner.tsx';
import { PageFailure } from './ui/page-failure.tsx';
import { PageHeader } from './ui/page-header.tsx';

export function App() {
  return (
    <PageFailure>
      <QueryClientProvider client={queryClient}>
        {/* The URL is the page's state: a checkbox must not wait for it as for a page that loads. */}
        <BrowserRouter useTransitions={false}>
          <div className="relative flex h-dvh flex-col overflow-clip">
            <OfflineBanner />
            <NotificationWatch />
            <Suspense fallback={<ComingPage />}>
              <Routes>
                <Route path="/" element={<SearchPage />} />
                <Route path="/search" element={<ToSearch />} />
                <Route path="/homes/:id" element={<ListingPage />} />
                <Route path="/sign-in" element={<SignInPage />} />
                <Route path="/sign-in/google" element={<GooglePage />} />
                <Route path="/sign-up" element={<SignUpPage />} />
                <Route path="/verify-email" element={<VerifyEmailPage />} />
                <Route path="/forgot-password" element={<ForgotPasswordPage />} />
                <Route path="/reset-password" element={<ResetPasswordPage />} />
                <Route path="/account" element={<AccountPage />} />
                <Route path="/sell" element={<OwnListingsPage />} />
                {/* The same element: a draft that gets its address while it is written stays under the hands of its writer. */}
                <Route path="/sell/new" element={<EditorPage />} />
                <Route path="/sell/:id/edit" element={<EditorPage />} />
                <Route path="/sell/:id/analytics" element={<AnalyticsPage />} />
                <Route path="/sell/import" element={<ImportPage />} />
                <Route path="/sell/imports/:id" element={<ImportProgressPage />} />
                <Route path="/admin/*" element={<AdminPage />} />
                <Route path="/saved" element={<SavedPage />} />
                <Route path="/trending" element={<TrendingPage />} />
                <Route path="/markets" element={<MarketsPage />} />
                <Route path="/markets/:place" element={<MarketPage />} />
                {/* The same element: a conversation gets its address with its first question, under the hands of who asks. */}
                <Route path="/advisor" element={<AdvisorPage />} />
                <Route path="/advisor/:conversationId" element={<AdvisorPage />} />
                <Route path="/compare" element={<ComparePage />} />
                <Route path="/people/:id" element={<PersonPage />} />
                <Route path="/privacy" element={<PrivacyPage />} />
                <Route path="/account-erased" element={<AccountErasedPage />} />
                <Route path="/verification" element={<VerificationPage />} />
                <Route path="/notifications" element={<NotificationsPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            </Suspense>
            <Dock />
            <SaveWish />
          </div>
        </BrowserRouter>
      </QueryClientProvider>
    </PageFailure>
  );
}

/** Until the page's code is here. */
function ComingPage() {
  const { pathname } = useLocation();
  return (
    <>
      <PageHeader />
      <div className="min-h-0 flex-1 overflow-hidden">{pathname.startsWith('/homes/') && <ListingSkeleton />}</div>
    </>
  );
}

/** People guess this address; the search itself lives at the root. */
function ToSearch() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: '/', search }} replace />;
}
