// SPDX-License-Identifier: Apache-2.0
//
// From the plane of the layout to the screen: screen = (plane - origin) * zoom.

export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box2 {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const zoomMost = 2.5;
// A single box is never blown up to fill the screen.
const fitMost = 1;

function zoomLeast(plane: Size, screen: Size): number {
  const whole = Math.min(screen.width / Math.max(1, plane.width), screen.height / Math.max(1, plane.height));
  return Math.min(0.5, whole * 0.6);
}

function clampZoom(zoom: number, plane: Size, screen: Size): number {
  return Math.min(zoomMost, Math.max(zoomLeast(plane, screen), zoom));
}

export function fit(plane: Size, screen: Size, margin: number): Camera {
  const room = { width: Math.max(1, screen.width - 2 * margin), height: Math.max(1, screen.height - 2 * margin) };
  const zoom = Math.min(fitMost, room.width / Math.max(1, plane.width), room.height / Math.max(1, plane.height));
  return {
    zoom,
    x: plane.width / 2 - screen.width / 2 / zoom,
    y: plane.height / 2 - screen.height / 2 / zoom,
  };
}

// Large enough to read, starting at the left, unless the whole would be smaller than `overview`: then
// the shape of the whole says more.
export function fitReadable(plane: Size, screen: Size, margin: number, readable: number, overview: number): Camera {
  const whole = fit(plane, screen, margin);
  if (whole.zoom >= readable || whole.zoom < overview) {
    return whole;
  }
  return { zoom: readable, x: -margin / readable, y: plane.height / 2 - screen.height / 2 / readable };
}

// Zooms by a factor while the point of the screen stays where it is.
export function zoomAt(camera: Camera, factor: number, atX: number, atY: number, plane: Size, screen: Size): Camera {
  const zoom = clampZoom(camera.zoom * factor, plane, screen);
  return {
    zoom,
    x: camera.x + atX / camera.zoom - atX / zoom,
    y: camera.y + atY / camera.zoom - atY / zoom,
  };
}

export const pan = (camera: Camera, dx: number, dy: number): Camera => ({
  zoom: camera.zoom,
  x: camera.x - dx / camera.zoom,
  y: camera.y - dy / camera.zoom,
});

// The middle of the screen stays on the plane, so that nobody gets lost beside it.
export function keepOnPlane(camera: Camera, plane: Size, screen: Size): Camera {
  const clamp = (value: number, half: number, most: number): number => Math.min(most - half, Math.max(-half, value));
  return {
    zoom: camera.zoom,
    x: clamp(camera.x, screen.width / 2 / camera.zoom, plane.width),
    y: clamp(camera.y, screen.height / 2 / camera.zoom, plane.height),
  };
}

export function seen(camera: Camera, screen: Size): Box2 {
  return {
    left: camera.x,
    top: camera.y,
    right: camera.x + screen.width / camera.zoom,
    bottom: camera.y + screen.height / camera.zoom,
  };
}

export function centreOn(camera: Camera, x: number, y: number, screen: Size): Camera {
  return { zoom: camera.zoom, x: x - screen.width / 2 / camera.zoom, y: y - screen.height / 2 / camera.zoom };
}
