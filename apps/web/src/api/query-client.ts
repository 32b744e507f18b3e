import { QueryClient } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';

const retries = 2;
const minute = 60_000;

function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < retries && error instanceof AppError && error.code === 'unavailable';
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      retryDelay: (attempt, error) => {
        const wished = error instanceof AppError ? error.details.retryAfterSeconds : undefined;
        return Math.min((wished ?? 0.4 * 2 ** attempt) * 1000, 5_000);
      },
      // A try without a connection fails at once and says so; waiting for one would show skeletons for ever.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnWindowFocus: false,
      staleTime: minute,
      // As long as somebody reads a listing before going back to the results.
      gcTime: 30 * minute,
    },
    mutations: { networkMode: 'always' },
  },
});
