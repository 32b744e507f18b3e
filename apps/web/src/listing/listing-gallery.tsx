import type { ListingDetail } from '@viewora/contracts/listing';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { drawnNote, drawnNoteLook, photographsOf } from './listing-head.ts';

const mostInMosaic = 5;

/** The pictures that there are; a drawing, and said to be one, where there are none. */
export function ListingGallery({ listing }: { listing: ListingDetail }) {
  const images = photographsOf(listing).slice(0, mostInMosaic);
  if (images.length === 0) {
    return (
      <figure className="min-w-0 md:pb-7">
        <div className="picture md:aspect-[16/10] md:rounded-card">
          <HomeDrawing facts={listing} />
        </div>
        <figcaption className={drawnNoteLook}>{drawnNote}</figcaption>
      </figure>
    );
  }
  return (
    <div
      className={`grid min-w-0 gap-1.5 overflow-hidden md:mb-7 md:rounded-card ${images.length > 1 ? 'md:grid-cols-2' : ''}`}
    >
      {images.map(({ id, url, alt }, i) => (
        <div
          key={id}
          className={`picture ${i === 0 && images.length % 2 === 1 ? 'md:col-span-full' : ''} ${i > 0 ? 'hidden md:block' : ''}`}
        >
          <img src={url} alt={alt} loading={i === 0 ? 'eager' : 'lazy'} decoding="async" />
        </div>
      ))}
    </div>
  );
}
