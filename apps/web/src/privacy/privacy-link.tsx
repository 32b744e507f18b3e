import { FootLink } from '../ui/foot-link.tsx';

/** Visitors have no account to look behind. */
export function PrivacyLink({ className = '' }: { className?: string }) {
  return (
    <FootLink to="/privacy" className={className}>
      Privacy
    </FootLink>
  );
}
