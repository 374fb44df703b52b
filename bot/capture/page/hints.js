// What is wrong with the picture that the camera shows now, told from a small copy of its framed part. Pure.

export const SIDE = 96; // pixels of the copy's longer side
const DARK = 62; // median luma below which print on paper can't be told from it
const WHITE = 250;
const GLARE = 0.035; // share of the copy that is pure white…
const PALE = 225; // …on paper that is not as white elsewhere
const MOVED = 11; // mean change of a pixel between two looks, in luma
const STEEP = 26; // difference of neighbours that is an edge
const CELLS = 12; // the copy is looked at in so many parts each way
const EDGES = 0.045; // share of a part's pixels that are edges where something stands there
const FILLED = 0.66; // share of the frame that what stands in it spans when it is near enough

export function luma(rgba) {
  const grey = new Float32Array(rgba.length / 4);
  for (let at = 0; at < grey.length; at++) grey[at] = 0.299 * rgba[4 * at] + 0.587 * rgba[4 * at + 1] + 0.114 * rgba[4 * at + 2];
  return grey;
}

// grey, before: lists of luma of this look and of the last one (or null), width × height. Gives dark, still, glare, near or good.
export function hint(grey, before, width, height) {
  const sorted = Float32Array.from(grey).sort();
  const middle = sorted[sorted.length >> 1];
  if (middle < DARK) return "dark";
  if (before && before.length === grey.length) {
    let change = 0;
    for (let at = 0; at < grey.length; at++) change += Math.abs(grey[at] - before[at]);
    if (change / grey.length > MOVED) return "still";
  }
  let white = 0;
  for (const value of grey) white += value >= WHITE;
  if (middle < PALE && white / grey.length > GLARE) return "glare";
  return spans(grey, width, height) ? "good" : "near";
}

function spans(grey, width, height) {
  const counts = new Uint16Array(CELLS * CELLS);
  const cell = (x, y) => Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const here = grey[y * width + x];
      counts[cell(x, y)] += Math.abs(here - grey[y * width + x - 1]) > STEEP || Math.abs(here - grey[(y - 1) * width + x]) > STEEP;
    }
  }
  const least = (EDGES * width * height) / (CELLS * CELLS);
  let left = CELLS, right = -1, top = CELLS, bottom = -1;
  counts.forEach((count, at) => {
    if (count < least) return;
    const x = at % CELLS, y = Math.floor(at / CELLS);
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  return right - left + 1 >= FILLED * CELLS && bottom - top + 1 >= FILLED * CELLS;
}
