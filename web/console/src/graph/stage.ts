// SPDX-License-Identifier: Apache-2.0
//
// A canvas with a camera. A scene that is quick to draw is drawn at every step of a gesture; a slow one
// is shown as a moved picture of itself until the gesture rests.

import { centreOn, fit, fitReadable, keepOnPlane, pan, seen, zoomAt, type Camera, type Size } from './camera';
import { paint, type Emphasis, type Palette } from './painter';
import type { Scene } from './scene';

// More than this cannot be drawn sixty times a second without a graphics card.
const heavyWeight = 700;
const restMs = 130;
const margin = 28;
// Where words can be read; and below which the whole says more than a readable corner of it.
const readable = 0.56;
const readableNarrow = 0.72;
const overview = 0.26;

export interface StageState {
  scene: Scene;
  palette: Palette;
  scale: number;
  emphasis: Emphasis;
}

export class Stage {
  private readonly context: CanvasRenderingContext2D;
  private readonly picture = document.createElement('canvas');
  private pictureCamera: Camera | null = null;
  private camera: Camera = { x: 0, y: 0, zoom: 1 };
  // Where the camera stood when the canvas was last drawn in full.
  private paintedCamera: Camera = this.camera;
  private screen: Size = { width: 1, height: 1 };
  private frame = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private lastWeight = 0;
  private isMoving = false;
  private isFitted = false;
  // Whoever has moved the camera keeps it when the frame changes its size.
  private isTouched = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private state: StageState,
  ) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) {
      throw new Error('no 2d canvas');
    }
    this.context = context;
  }

  // A new scene is fitted, unless it is the same picture with another emphasis or language.
  show(state: StageState, keepsCamera: boolean): void {
    this.state = state;
    this.pictureCamera = null;
    if (!keepsCamera) {
      this.isFitted = false;
      this.isTouched = false;
    }
    this.fitOnce();
    this.schedule();
  }

  resize(width: number, height: number): void {
    const ratio = this.ratio();
    this.screen = { width, height };
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.pictureCamera = null;
    if (!this.isTouched) {
      this.isFitted = false;
    }
    this.fitOnce();
    this.keepSelectedInSight();
    // At once: setting the size has cleared the canvas.
    this.draw();
  }

  fitAll(): void {
    this.camera = fit(this.plane(), this.screen, margin);
    this.schedule();
  }

  zoomBy(factor: number, atX: number = this.screen.width / 2, atY: number = this.screen.height / 2): void {
    this.move(zoomAt(this.camera, factor, atX, atY, this.plane(), this.screen));
  }

  panBy(dx: number, dy: number): void {
    this.move(pan(this.camera, dx, dy));
  }

  // Brings a box to the middle, large enough to read.
  lookAt(box: number): void {
    const { layout, boxWidth, boxHeight } = this.state.scene;
    const camera = { ...this.camera, zoom: Math.max(this.camera.zoom, 0.75) };
    this.isFitted = true;
    this.isTouched = true;
    this.camera = centreOn(camera, layout.x[box]! + boxWidth / 2, layout.y[box]! + boxHeight / 2, this.screen);
    this.schedule();
  }

  boxAt(atX: number, atY: number): number | null {
    return this.state.scene.grid.at(this.camera.x + atX / this.camera.zoom, this.camera.y + atY / this.camera.zoom);
  }

  nearestToMiddle(): number | null {
    const { layout, boxWidth, boxHeight } = this.state.scene;
    const x = this.camera.x + this.screen.width / 2 / this.camera.zoom - boxWidth / 2;
    const y = this.camera.y + this.screen.height / 2 / this.camera.zoom - boxHeight / 2;
    let nearest: number | null = null;
    let least = Infinity;
    for (let v = 0; v < layout.x.length; v += 1) {
      const distance = Math.hypot(layout.x[v]! - x, layout.y[v]! - y);
      if (distance < least) {
        least = distance;
        nearest = v;
      }
    }
    return nearest;
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.rest);
  }

  private plane(): Size {
    return this.state.scene.layout;
  }

  // More than two device pixels per pixel cost time that nobody sees.
  private ratio(): number {
    return Math.min(2, devicePixelRatio || 1);
  }

  private fitOnce(): void {
    if (this.isFitted || this.screen.width <= 1) {
      return;
    }
    const isNarrow = this.screen.width < 640;
    this.camera = isNarrow ? fitReadable(this.plane(), this.screen, 16, readableNarrow, 0) : fitReadable(this.plane(), this.screen, margin, readable, overview);
    this.isFitted = true;
  }

  // A drawer that opens must not cover what it is about.
  private keepSelectedInSight(): void {
    const { scene, emphasis } = this.state;
    if (emphasis.selected === null) {
      return;
    }
    const area = seen(this.camera, this.screen);
    const left = scene.layout.x[emphasis.selected]!;
    const top = scene.layout.y[emphasis.selected]!;
    const isInSight = left >= area.left && left + scene.boxWidth <= area.right && top >= area.top && top + scene.boxHeight <= area.bottom;
    if (!isInSight) {
      this.camera = centreOn(this.camera, left + scene.boxWidth / 2, top + scene.boxHeight / 2, this.screen);
    }
  }

  private move(camera: Camera): void {
    this.camera = keepOnPlane(camera, this.plane(), this.screen);
    this.isTouched = true;
    this.isMoving = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.isMoving = false;
      this.schedule();
    }, restMs);
    this.schedule();
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    if (this.isMoving && this.lastWeight > heavyWeight) {
      this.drawPicture();
      return;
    }
    const { scene, palette, scale, emphasis } = this.state;
    this.lastWeight = paint(this.context, scene, this.camera, this.screen, this.ratio(), palette, scale, emphasis);
    this.paintedCamera = this.camera;
    this.pictureCamera = null;
  }

  private takePicture(): void {
    this.picture.width = this.canvas.width;
    this.picture.height = this.canvas.height;
    this.picture.getContext('2d', { alpha: false })?.drawImage(this.canvas, 0, 0);
  }

  private drawPicture(): void {
    if (!this.pictureCamera) {
      this.takePicture();
      this.pictureCamera = this.paintedCamera;
    }
    const { context, camera, screen, pictureCamera } = this;
    const ratio = this.ratio();
    const factor = camera.zoom / pictureCamera.zoom;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.state.palette.ground;
    context.fillRect(0, 0, screen.width, screen.height);
    context.drawImage(
      this.picture,
      (pictureCamera.x - camera.x) * camera.zoom,
      (pictureCamera.y - camera.y) * camera.zoom,
      screen.width * factor,
      screen.height * factor,
    );
  }
}
