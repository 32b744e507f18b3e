import type { Polygon } from '@viewora/contracts/geo';
import type { Map as MapLibre } from 'maplibre-gl';

const svg = 'http://www.w3.org/2000/svg';

/** A drawn area over the map, whatever the base map. */
export class AreaLayer {
  private readonly root = document.createElementNS(svg, 'svg');
  private readonly path = document.createElementNS(svg, 'path');
  private readonly map: MapLibre;
  private area: Polygon | null = null;
  private readonly place = () => this.draw();

  constructor(map: MapLibre) {
    this.map = map;
    this.root.setAttribute('aria-hidden', 'true');
    this.root.setAttribute('class', 'pointer-events-none absolute inset-0 size-full');
    this.path.setAttribute('class', 'fill-accent/10 stroke-accent');
    this.path.setAttribute('stroke-width', '2.5');
    this.path.setAttribute('stroke-linejoin', 'round');
    this.root.append(this.path);
    map.getCanvas().after(this.root);
    map.on('move', this.place);
    map.on('resize', this.place);
  }

  show(area: Polygon | null): void {
    this.area = area;
    this.draw();
  }

  remove(): void {
    this.map.off('move', this.place);
    this.map.off('resize', this.place);
    this.root.remove();
  }

  private draw(): void {
    const corners = this.area?.coordinates[0].map(([lon, lat]) => this.map.project([lon, lat])) ?? [];
    const path = corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
    this.path.setAttribute('d', path && `M${path}Z`);
  }
}
