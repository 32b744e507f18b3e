import type { ListingDetail } from '@viewora/contracts/listing';

/** Open Graph tags (ogp.me) of a listing, made from its facts. */
export function previewPage(listing: ListingDetail, url: string): string {
  const title = `${price(listing)} · ${listing.title}`;
  const facts = [
    listing.beds === null ? null : `${listing.beds} bd`,
    listing.baths === null ? null : `${listing.baths} ba`,
    listing.areaValue === null ? null : `${listing.areaValue.toLocaleString('en')} ${listing.areaUnit}`,
    [listing.locality, listing.city, listing.postalCode].filter((part) => part !== null).join(', ') || null,
  ];
  const description = facts.filter((fact) => fact !== null).join(' · ');
  const tags = {
    'og:type': 'website',
    'og:site_name': 'Viewora',
    'og:title': title,
    'og:description': description,
    'og:url': url,
    'og:image': new URL('/preview.png', url).href,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': 'A street of drawn houses under the name Viewora',
  };
  const meta = Object.entries(tags).map(
    ([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="twitter:card" content="summary_large_image">
${meta.join('\n')}
<link rel="canonical" href="${escapeHtml(url)}">
</head>
<body><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></body>
</html>
`;
}

function price({ priceMinor, currency }: ListingDetail): string {
  const locale = currency === 'INR' ? 'en-IN' : 'en';
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
  return format.format(
    priceMinor /
      10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2),
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
