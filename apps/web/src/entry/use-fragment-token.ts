import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** The token of a mailed link. Read once and taken out of the address bar, where others could see it or copy it along. */
export function useFragmentToken(): string | null {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const arrived = new URLSearchParams(hash.slice(1)).get('token');
  const [token, setToken] = useState(arrived);
  useEffect(() => {
    if (arrived === null) return;
    // A second link in the same tab changes the fragment alone.
    setToken(arrived);
    navigate({ pathname, search }, { replace: true });
  }, [arrived, pathname, search, navigate]);
  return token;
}
