import type { Map as MapLibre } from 'maplibre-gl';
import { type Box, type LabelKind, layOutLabels } from './label-layout.ts';

export interface MapLabel {
  key: string;
  text: string;
  lat: number;
  lon: number;
  kind: LabelKind;
  rank: number;
  minZoom: number;
  maxZoom: number;
}

/** Where the controls stand, and the scale and the credits. */
const controlsPx = 62;
const creditsPx = 34;

/** Names of places as HTML: text layers need glyph files, which the embedded base map does without. */
export class LabelLayer {
  private readonly root = document.createElement('div');
  private readonly map: MapLibre;
  private readonly obstacles: () => Box[];
  private labels: readonly MapLabel[] = [];
  private standing: { label: MapLabel; dx: number; dy: number; element: HTMLSpanElement }[] = [];
  private readonly place = () => this.placeAll();
  private readonly layOut = () => this.layOutAll();

  constructor(map: MapLibre, obstacles: () => Box[]) {
    this.map = map;
    this.obstacles = obstacles;
    this.root.className = 'pointer-events-none absolute inset-0 overflow-hidden select-none';
    // The list says where each home is; a heap of names without their places helps nobody who listens.
    this.root.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().prepend(this.root);
    // Below the pins and above the canvas, which comes first in the container.
    map.getCanvas().after(this.root);
    map.on('move', this.place);
    map.on('moveend', this.layOut);
    map.on('resize', this.layOut);
  }

  show(labels: readonly MapLabel[]): void {
    this.labels = labels;
    this.layOutAll();
  }

  layOutAll(): void {
    const zoom = this.map.getZoom();
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const byKey = new Map(this.labels.map((label) => [label.key, label]));
    const candidates = this.labels
      .filter(({ minZoom, maxZoom }) => zoom >= minZoom && zoom < maxZoom)
      .map((label) => ({ ...label, ...this.map.project([label.lon, label.lat]) }));
    const edges = [
      { left: 0, right: width, top: 0, bottom: controlsPx },
      { left: 0, right: width, top: height - creditsPx, bottom: height },
    ];
    const placed = layOutLabels(candidates, [...this.obstacles(), ...edges], { width, height });
    this.standing = placed.flatMap(({ key, x, y }) => {
      const label = byKey.get(key);
      if (!label) return [];
      const at = this.map.project([label.lon, label.lat]);
      return [{ label, dx: x - at.x, dy: y - at.y, element: build(label) }];
    });
    this.root.replaceChildren(...this.standing.map(({ element }) => element));
    this.placeAll();
  }

  remove(): void {
    this.map.off('move', this.place);
    this.map.off('moveend', this.layOut);
    this.map.off('resize', this.layOut);
    this.root.remove();
  }

  private placeAll(): void {
    for (const { label, dx, dy, element } of this.standing) {
      const { x, y } = this.map.project([label.lon, label.lat]);
      element.style.translate = `calc(${Math.round(x + dx)}px - 50%) calc(${Math.round(y + dy)}px - 50%)`;
    }
  }
}

function build({ text, kind }: MapLabel): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = 'map-label';
  element.dataset.kind = kind;
  element.textContent = text;
  return element;
}
