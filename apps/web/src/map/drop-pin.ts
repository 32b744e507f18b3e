import type { LatLon } from '@viewora/contracts/geo';
import type { Map as MapLibre } from 'maplibre-gl';

/** A pin that somebody puts where a home is. */
export interface MovablePin {
  /** Null until it stands somewhere. */
  location: LatLon | null;
  label: string;
  onMove: (location: LatLon) => void;
}

/** How far an arrow key moves it, CSS pixels: a step, and with Shift a stride. */
const stepPx = 4;
const stridePx = 40;
/** Nearer than this to the edge, the map follows. */
const edgePx = 60;

const directions: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The pin itself: dragged, moved with the arrow keys, or put where the map is clicked. */
export class DropPin {
  private readonly element = document.createElement('div');
  private readonly map: MapLibre;
  private readonly onMove: (location: LatLon) => void;
  private location: LatLon | null = null;
  /** From the pointer to the tip, while it is dragged. */
  private grip: { x: number; y: number } | null = null;
  private readonly place = () => this.placeAt();

  constructor(map: MapLibre, onMove: (location: LatLon) => void) {
    this.map = map;
    this.onMove = onMove;
    const { element } = this;
    element.className = 'drop-pin';
    element.hidden = true;
    element.tabIndex = 0;
    // Its arrow keys are its own: a screen reader passes them on.
    element.setAttribute('role', 'application');
    element.setAttribute('aria-roledescription', 'movable pin');
    element.innerHTML =
      '<svg viewBox="0 0 36 46" width="36" height="46" aria-hidden="true"><path d="M18 45C13 36 2 28 2 17a16 16 0 0 1 32 0c0 11-11 19-16 28z"/><circle cx="18" cy="17" r="6"/></svg>';
    element.addEventListener('pointerdown', (event) => this.grab(event));
    element.addEventListener('pointermove', (event) => this.drag(event));
    element.addEventListener('pointerup', (event) => this.drop(event));
    element.addEventListener('pointercancel', () => this.letGo());
    element.addEventListener('keydown', (event) => this.onKey(event));
    // The map would be dragged along, or zoom.
    for (const type of ['mousedown', 'touchstart', 'dblclick']) {
      element.addEventListener(type, (event) => event.stopPropagation());
    }
    map.getCanvasContainer().append(element);
    map.on('move', this.place);
    map.on('resize', this.place);
    map.on('click', ({ originalEvent, lngLat }) => {
      if (originalEvent.target === map.getCanvas()) onMove({ lat: lngLat.lat, lon: lngLat.lng });
    });
  }

  show({ location, label }: MovablePin): void {
    this.location = location;
    this.element.hidden = location === null;
    this.element.setAttribute('aria-label', label);
    this.placeAt();
  }

  private grab(event: PointerEvent): void {
    if (!this.location || event.button !== 0) return;
    event.stopPropagation();
    const tip = this.map.project([this.location.lon, this.location.lat]);
    const at = this.pointOf(event);
    this.grip = { x: tip.x - at.x, y: tip.y - at.y };
    this.element.setPointerCapture(event.pointerId);
    this.element.dataset.dragged = 'true';
    this.element.focus({ preventScroll: true });
  }

  private drag(event: PointerEvent): void {
    if (!this.grip) return;
    const at = this.pointOf(event);
    this.location = this.locationAt(at.x + this.grip.x, at.y + this.grip.y);
    this.placeAt();
  }

  private drop(event: PointerEvent): void {
    if (!this.grip) return;
    this.drag(event);
    this.letGo();
    if (this.location) this.onMove(this.location);
  }

  private letGo(): void {
    this.grip = null;
    delete this.element.dataset.dragged;
  }

  private onKey(event: KeyboardEvent): void {
    const direction = directions[event.key];
    if (!direction || !this.location) return;
    // The map would pan on the same keys.
    event.preventDefault();
    event.stopPropagation();
    const px = event.shiftKey ? stridePx : stepPx;
    const from = this.map.project([this.location.lon, this.location.lat]);
    const to = { x: from.x + direction[0] * px, y: from.y + direction[1] * px };
    this.location = this.locationAt(to.x, to.y);
    this.placeAt();
    this.keepInView(to);
    this.onMove(this.location);
  }

  private keepInView({ x, y }: { x: number; y: number }): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const isNearEdge = x < edgePx || y < edgePx || x > clientWidth - edgePx || y > clientHeight - edgePx;
    if (isNearEdge && this.location) this.map.easeTo({ center: [this.location.lon, this.location.lat], duration: 180 });
  }

  private pointOf({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private locationAt(x: number, y: number): LatLon {
    const { lat, lng } = this.map.unproject([x, y]).wrap();
    return { lat, lon: lng };
  }

  private placeAt(): void {
    if (!this.location) return;
    const { x, y } = this.map.project([this.location.lon, this.location.lat]);
    this.element.style.translate = `calc(${x.toFixed(1)}px - 50%) calc(${y.toFixed(1)}px - 100%)`;
  }
}
