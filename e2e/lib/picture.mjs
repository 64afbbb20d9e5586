// Pictures of the window as pixels: cut out, and seen by other eyes.

import { inflateSync } from 'node:zlib';

/** What every row of a PNG is predicted from (https://www.w3.org/TR/png-3/#9Filters). */
const PREDICT = [
  () => 0,
  (left) => left,
  (left, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const guess = left + up - corner;
    const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one));
    return a <= b && a <= c ? left : b <= c ? up : corner;
  },
];
const CHANNELS = { 2: 3, 6: 4 };

/** The pixels of an 8-bit RGB or RGBA picture: `{ width, height, at(x, y) -> [r, g, b] }`. */
export function decode(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, kind, , , interlaced] = png.subarray(24, 29);
  const channels = CHANNELS[kind];
  if (depth !== 8 || !channels || interlaced) throw new Error(`a picture of another form: depth ${depth}, kind ${kind}`);
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const packed = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const predict = PREDICT[packed[y * (stride + 1)]];
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : bytes[y * stride + x - channels];
      const up = y === 0 ? 0 : bytes[(y - 1) * stride + x];
      const corner = x < channels || y === 0 ? 0 : bytes[(y - 1) * stride + x - channels];
      bytes[y * stride + x] = packed[y * (stride + 1) + 1 + x] + predict(left, up, corner);
    }
  }
  return { width, height, at: (x, y) => [...bytes.subarray(y * stride + x * channels, y * stride + x * channels + 3)] };
}

/** The pixels of a rectangle `[x, y, width, height]`, row by row. */
export function cut(picture, [x, y, width, height]) {
  return Array.from({ length: width * height }, (_, at) => picture.at(x + (at % width), y + Math.floor(at / width)));
}

const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const encoded = (value) => (value <= 0.0031308 ? value * 12.92 : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055);
const matrix = (rows) => (pixel) => {
  const light = pixel.map((value) => linear(value / 255));
  return rows.map((row) => Math.min(1, encoded(row.reduce((sum, weight, at) => sum + weight * light[at], 0))) * 255);
};
const LUMINANCE = [0.2126, 0.7152, 0.0722];

/**
 * How others see a pixel. The three dichromacies after Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
 * Color Vision Deficiency" (2009), at full severity.
 */
export const EYES = {
  'all colours': (pixel) => pixel,
  'shades of grey': matrix([LUMINANCE, LUMINANCE, LUMINANCE]),
  protanopia: matrix([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
  deuteranopia: matrix([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
  tritanopia: matrix([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
};

/** A color in CIELAB under daylight, where distances are as large as they look. */
function lab(pixel) {
  const [r, g, b] = pixel.map((value) => linear(value / 255));
  const curve = (value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** A distance nobody overlooks, even side by side with nothing between; 2 is about the least that is seen. */
const SEEN = 10;

/** The share of pixels in which two cuts of one size differ visibly. */
export function difference(one, other) {
  const [here, there] = [one.map(lab), other.map(lab)];
  return here.filter((pixel, at) => Math.hypot(...pixel.map((value, axis) => value - there[at][axis])) > SEEN).length / one.length;
}
