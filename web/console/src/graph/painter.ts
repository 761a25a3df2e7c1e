// SPDX-License-Identifier: Apache-2.0
//
// Draws what of a scene is in sight, with as much detail as the zoom lets one read.

import type { StockStatus } from '../api/types';
import { seen, type Box2, type Camera, type Size } from './camera';
import type { Line } from './flow';
import { breakText, fitText, type Measure } from './label';
import type { BoxText, Scene } from './scene';

export interface Palette {
  ground: string;
  card: string;
  ink: string;
  quiet: string;
  line: string;
  flow: string;
  returning: string;
  mark: string;
  bad: string;
  badGround: string;
  warn: string;
  font: string;
  status: Record<StockStatus, string>;
}

export interface Emphasis {
  selected: number | null;
  hovered: number | null;
  // Boxes on the way from the seed to the selected one; empty when nothing is selected.
  way: ReadonlySet<number>;
}

// Below these zooms words, then rounded frames, are smaller than a pixel can show.
const wordsFrom = 0.42;
const framesFrom = 0.16;
// More lines than this cannot be told apart, and curves are slow: an even share of them shows the pattern.
const straightMost = 6000;
const curvesMost = 1000;
// Each dash costs like a line, and lines far out of sight are dashed all the way.
const dashedMost = 200;

interface Brush {
  context: CanvasRenderingContext2D;
  scene: Scene;
  palette: Palette;
  camera: Camera;
  scale: number;
}

function lineEnds(scene: Scene, line: Line): [number, number, number, number] {
  const { x, y } = scene.layout;
  const half = scene.boxHeight / 2;
  return [x[line.from]! + scene.boxWidth, y[line.from]! + half, x[line.to]!, y[line.to]! + half];
}

function isInSight([x1, y1, x2, y2]: [number, number, number, number], area: Box2, slack: number): boolean {
  return (
    Math.max(x1, x2) + slack >= area.left &&
    Math.min(x1, x2) - slack <= area.right &&
    Math.max(y1, y2) + slack >= area.top &&
    Math.min(y1, y2) - slack <= area.bottom
  );
}

function traceLine(brush: Brush, ends: [number, number, number, number], isReturning: boolean, isPlain: boolean): void {
  const { context, scene } = brush;
  const [x1, y1, x2, y2] = ends;
  context.moveTo(x1, y1);
  if (isPlain) {
    context.lineTo(x2, y2);
  } else if (isReturning) {
    const drop = scene.boxHeight * 1.15;
    context.bezierCurveTo(x1 + 70, y1 + drop, x2 - 70, y2 + drop, x2, y2);
  } else {
    const bend = Math.max(24, (x2 - x1) / 2);
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  }
}

interface LineStyle {
  isCertain: boolean;
  isReturning: boolean;
  colour: string;
}

const lineStyles = (palette: Palette): LineStyle[] => [
  { isCertain: true, isReturning: false, colour: palette.flow },
  { isCertain: false, isReturning: false, colour: palette.flow },
  { isCertain: true, isReturning: true, colour: palette.returning },
  { isCertain: false, isReturning: true, colour: palette.returning },
];

// What to draw of the lines in sight. Where they are many, those that only pass by say nothing.
function chooseLines(scene: Scene, area: Box2, boxes: readonly number[], most: number): number[] {
  const inSight: number[] = [];
  scene.flow.lines.forEach((line, i) => {
    if (isInSight(lineEnds(scene, line), area, scene.boxHeight * 2)) {
      inSight.push(i);
    }
  });
  if (inSight.length <= most) {
    return inSight;
  }
  const isSeen = new Set(boxes);
  const telling = inSight.filter((i) => isSeen.has(scene.flow.lines[i]!.from) || isSeen.has(scene.flow.lines[i]!.to));
  const stride = Math.ceil(telling.length / most);
  return telling.filter((_, at) => at % stride === 0);
}

function drawLines(brush: Brush, area: Box2, boxes: readonly number[], emphasis: Emphasis): number {
  const { context, scene, palette, camera } = brush;
  const isPlain = camera.zoom < framesFrom;
  const chosen = chooseLines(scene, area, boxes, isPlain ? straightMost : curvesMost);
  const isMuted = emphasis.way.size > 0;
  for (const style of lineStyles(palette)) {
    context.beginPath();
    for (const i of chosen) {
      const line = scene.flow.lines[i]!;
      const isReturning = scene.layout.isReturning[i] === 1;
      if (line.isCertain === style.isCertain && isReturning === style.isReturning) {
        traceLine(brush, lineEnds(scene, line), isReturning, isPlain);
      }
    }
    context.setLineDash(style.isCertain || chosen.length > dashedMost ? [] : [6, 5]);
    context.strokeStyle = style.colour;
    context.globalAlpha = isMuted ? 0.35 : isPlain ? 0.5 : 0.9;
    context.lineWidth = Math.min(Math.max(1.3, 0.6 / camera.zoom), 2 / camera.zoom);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  if (!isPlain) {
    drawHeads(brush, chosen);
  }
  drawWay(brush, emphasis);
  return chosen.length;
}

function drawHeads(brush: Brush, lines: readonly number[]): void {
  const { context, scene, palette } = brush;
  context.fillStyle = palette.flow;
  context.beginPath();
  for (const i of lines) {
    const [, , x, y] = lineEnds(scene, scene.flow.lines[i]!);
    context.moveTo(x, y);
    context.lineTo(x - 8, y - 4);
    context.lineTo(x - 8, y + 4);
  }
  context.fill();
}

function drawWay(brush: Brush, emphasis: Emphasis): void {
  if (emphasis.way.size === 0) {
    return;
  }
  const { context, scene, palette, camera } = brush;
  context.beginPath();
  scene.flow.lines.forEach((line, i) => {
    if (emphasis.way.has(line.from) && emphasis.way.has(line.to)) {
      traceLine(brush, lineEnds(scene, line), scene.layout.isReturning[i] === 1, camera.zoom < framesFrom);
    }
  });
  context.strokeStyle = palette.mark;
  context.lineWidth = Math.max(3, 2 / camera.zoom);
  context.stroke();
}

// Rectangles of one colour in one path: drawing thousands one by one is what takes the time.
function fillByStatus(brush: Brush, boxes: readonly number[], width: number): void {
  const { context, scene, palette } = brush;
  const byColour = new Map<string, number[]>();
  for (const v of boxes) {
    const box = scene.flow.boxes[v]!;
    const colour = box.violations > 0 ? palette.bad : palette.status[box.status];
    const members = byColour.get(colour);
    if (members) {
      members.push(v);
    } else {
      byColour.set(colour, [v]);
    }
  }
  for (const [colour, members] of byColour) {
    context.fillStyle = colour;
    context.beginPath();
    for (const v of members) {
      context.rect(scene.layout.x[v]!, scene.layout.y[v]!, width, scene.boxHeight);
    }
    context.fill();
  }
}

// Too small for words: a card and its status, without rounded corners.
function drawPlainFrames(brush: Brush, boxes: readonly number[], emphasis: Emphasis): void {
  const { context, scene, palette, camera } = brush;
  context.beginPath();
  for (const v of boxes) {
    context.rect(scene.layout.x[v]!, scene.layout.y[v]!, scene.boxWidth, scene.boxHeight);
  }
  context.fillStyle = palette.card;
  context.strokeStyle = palette.line;
  context.lineWidth = 1 / camera.zoom;
  context.fill();
  context.stroke();
  fillByStatus(brush, boxes, scene.boxWidth * 0.12);
  fillByStatus(
    brush,
    boxes.filter((v) => scene.flow.boxes[v]!.violations > 0),
    scene.boxWidth,
  );
  context.strokeStyle = palette.mark;
  context.lineWidth = 2 / camera.zoom;
  for (const v of boxes) {
    if (v === emphasis.selected || v === emphasis.hovered || emphasis.way.has(v)) {
      context.strokeRect(scene.layout.x[v]!, scene.layout.y[v]!, scene.boxWidth, scene.boxHeight);
    }
  }
}

function roundedPath(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  context.beginPath();
  context.moveTo(x + radius, y);
  context.arcTo(x + width, y, x + width, y + height, radius);
  context.arcTo(x + width, y + height, x, y + height, radius);
  context.arcTo(x, y + height, x, y, radius);
  context.arcTo(x, y, x + width, y, radius);
  context.closePath();
}

function drawFrame(brush: Brush, v: number, emphasis: Emphasis): void {
  const { context, scene, palette, scale } = brush;
  const box = scene.flow.boxes[v]!;
  const x = scene.layout.x[v]!;
  const y = scene.layout.y[v]!;
  const { boxWidth, boxHeight } = scene;
  const radius = 9 * scale;
  if (box.group !== null && box.rows.length > 1) {
    roundedPath(context, x + 4, y + 4, boxWidth, boxHeight, radius);
    context.fillStyle = palette.line;
    context.fill();
  }
  roundedPath(context, x, y, boxWidth, boxHeight, radius);
  context.fillStyle = box.violations > 0 ? palette.badGround : palette.card;
  context.fill();
  context.beginPath();
  context.moveTo(x + radius, y);
  context.arcTo(x, y, x, y + radius, radius);
  context.arcTo(x, y + boxHeight, x + radius, y + boxHeight, radius);
  context.lineTo(x + radius, y + boxHeight);
  context.closePath();
  context.fillStyle = box.violations > 0 ? palette.bad : palette.status[box.status];
  context.fill();
  const isMarked = v === emphasis.selected || v === emphasis.hovered || emphasis.way.has(v);
  context.setLineDash(box.isCertain ? [] : [5, 4]);
  context.strokeStyle = isMarked ? palette.mark : box.violations > 0 ? palette.bad : palette.line;
  context.lineWidth = v === emphasis.selected ? 3 : isMarked ? 2 : 1.2;
  roundedPath(context, x, y, boxWidth, boxHeight, radius);
  context.stroke();
  context.setLineDash([]);
}

// In words of `size`; gives where they begin.
function drawBadges(brush: Brush, badges: readonly string[], size: number, right: number, y: number): number {
  const { context, palette, scale } = brush;
  const height = size * 1.64;
  let edge = right;
  context.font = `600 ${size}px ${palette.font}`;
  for (const badge of badges) {
    const width = context.measureText(badge).width + 12 * scale;
    edge -= width;
    roundedPath(context, edge, y - height / 2, width, height, height / 2);
    context.fillStyle = palette.badGround;
    context.fill();
    context.strokeStyle = palette.bad;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = palette.bad;
    context.fillText(badge, edge + 6 * scale, y);
    edge -= 4 * scale;
  }
  return edge;
}

// Seen from farther off, words grow against the box, so that they stay legible on the screen: who it is,
// on two lines if need be, and how much; what it is waits for a closer look.
const nameLegible = 11;
const amountLegible = 10;
const nameSize = { least: 13.5, most: 18.5 };
const amountSize = { least: 12, most: 15 };
const badgeSize = { least: 11, most: 14 };
const grown = (legible: number, zoom: number, size: { least: number; most: number }): number => Math.min(size.most, Math.max(size.least, legible / zoom));

// The colour of the box tells the status too; the amount must be whole.
const fitAmount = (text: BoxText, room: number, measure: Measure): string => fitText(measure(text.amount) <= room ? text.amount : text.shortAmount, room, measure);

function drawFarWords(brush: Brush, v: number): void {
  const { context, scene, palette, scale, camera } = brush;
  const text = scene.textOf(v);
  const left = scene.layout.x[v]! + 15 * scale;
  const right = scene.layout.x[v]! + scene.boxWidth - 8 * scale;
  const top = scene.layout.y[v]!;
  const measure = (words: string): number => context.measureText(words).width;
  const size = grown(nameLegible, camera.zoom * scale, nameSize) * scale;
  context.textBaseline = 'middle';
  context.font = `600 ${size}px ${palette.font}`;
  context.fillStyle = palette.ink;
  const [first, second] = breakText(text.title, right - left, measure);
  const step = size * 1.14;
  context.fillText(first, left, top + (second ? 14 : 21) * scale);
  if (second) {
    context.fillText(fitText(second, right - left, measure), left, top + 14 * scale + step);
  }
  const y = top + (second ? 56 : 49) * scale;
  // Where one badge has room, it is the worst.
  const edge = drawBadges(brush, text.badges.slice(-1), grown(amountLegible, camera.zoom * scale, badgeSize) * scale, right, y);
  context.font = `600 ${grown(amountLegible, camera.zoom * scale, amountSize) * scale}px ${palette.font}`;
  context.fillStyle = palette.ink;
  context.fillText(fitAmount(text, edge - left, measure), left, y);
}

function drawWords(brush: Brush, v: number): void {
  const { context, scene, palette, scale, camera } = brush;
  if (camera.zoom * scale < nameLegible / nameSize.least) {
    drawFarWords(brush, v);
    return;
  }
  const text = scene.textOf(v);
  const x = scene.layout.x[v]! + 16 * scale;
  const y = scene.layout.y[v]!;
  const right = scene.layout.x[v]! + scene.boxWidth - 10 * scale;
  const measure = (words: string): number => context.measureText(words).width;
  context.textBaseline = 'middle';
  context.font = `600 ${13.5 * scale}px ${palette.font}`;
  context.fillStyle = palette.ink;
  context.fillText(fitText(text.title, right - x, measure), x, y + 17 * scale);
  context.font = `${12 * scale}px ${palette.font}`;
  context.fillStyle = palette.quiet;
  context.fillText(fitText(text.detail, right - x, measure), x, y + 35 * scale);
  const edge = drawBadges(brush, text.badges, badgeSize.least * scale, right, y + 53 * scale);
  context.font = `600 ${12 * scale}px ${palette.font}`;
  context.fillStyle = palette.ink;
  context.fillText(fitAmount(text, edge - x, measure), x, y + 53 * scale);
}

function drawSeedMarks(brush: Brush, boxes: readonly number[]): void {
  const { context, scene, palette, camera } = brush;
  context.strokeStyle = palette.mark;
  context.lineWidth = Math.max(2.2, 1.5 / camera.zoom);
  for (const v of boxes) {
    if (scene.flow.boxes[v]!.isSeed) {
      const grow = Math.max(3, 2 / camera.zoom);
      context.strokeRect(scene.layout.x[v]! - grow, scene.layout.y[v]! - grow, scene.boxWidth + 2 * grow, scene.boxHeight + 2 * grow);
    }
  }
}

// Gives the weight of what was drawn, roughly in curves. Drawing is only recorded here and done later,
// so the time that this call takes would not tell.
export function paint(context: CanvasRenderingContext2D, scene: Scene, camera: Camera, screen: Size, ratio: number, palette: Palette, scale: number, emphasis: Emphasis): number {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, screen.width, screen.height);
  context.setTransform(ratio * camera.zoom, 0, 0, ratio * camera.zoom, -camera.x * camera.zoom * ratio, -camera.y * camera.zoom * ratio);
  const area = seen(camera, screen);
  const brush: Brush = { context, scene, palette, camera, scale };
  const boxes = scene.grid.inside(area);
  const lines = drawLines(brush, area, boxes, emphasis);
  if (camera.zoom < framesFrom) {
    fillByStatus(brush, boxes, scene.boxWidth);
  } else if (camera.zoom < wordsFrom) {
    drawPlainFrames(brush, boxes, emphasis);
  } else {
    for (const v of boxes) {
      drawFrame(brush, v, emphasis);
      drawWords(brush, v);
    }
  }
  if (scene.flow.boxes.length > 1) {
    drawSeedMarks(brush, boxes);
  }
  return lines + (camera.zoom < wordsFrom ? boxes.length / 4 : boxes.length * 5);
}
