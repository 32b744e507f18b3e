import { useMutation } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { signOut } from './session.ts';

/** Pages that are nobody's but their owner's. */
const ownPages = /^\/(account|admin|notifications|saved|sell|verification)\b/;

/** Signs out and stays on the page, unless that is not a visitor's to see; or goes where it is told. */
export function useSignOut(to = '/') {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      signOut(() => {
        if (ownPages.test(pathname)) navigate(to);
      }),
  });
}
