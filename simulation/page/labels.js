// Text where there is room for it: nothing is written over anything else.

const FONT = "11px system-ui, sans-serif";
const SMALL = "10px system-ui, sans-serif";
const HALF = 6.5;

class Labels {
  constructor() {
    this.rows = new Map();
  }

  /** Keep a box free of text. */
  take(left, top, right, bottom) {
    const box = [left, top, right, bottom];
    for (let row = top >> 5; row <= bottom >> 5; row++) {
      const boxes = this.rows.get(row);
      if (boxes) boxes.push(box);
      else this.rows.set(row, [box]);
    }
  }

  isFree(left, top, right, bottom) {
    for (let row = top >> 5; row <= bottom >> 5; row++) {
      for (const box of this.rows.get(row) ?? []) {
        if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return false;
      }
    }
    return true;
  }

  /** The text beside a mark, as long as there is room for it: at most `most` wide, at least `least`. */
  beside(x, y, text, least, most) {
    for (const room of [most, least]) {
      const told = cut(text, FONT, room);
      const right = x + widthOf(told, FONT) + 4;
      if (told && this.isFree(x, y - HALF, right, y + HALF)) {
        this.take(x, y - HALF, right, y + HALF);
        return written(x, y, right - x, told, "");
      }
    }
    return "";
  }

  /** The name of a message somewhere along its line. */
  along({ x1, y1, x2, y2 }, text, least) {
    const width = widthOf(text, SMALL);
    if (Math.abs(x2 - x1) < least) return "";
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.22]) {
      const x = x1 + (x2 - x1) * share - width / 2;
      const y = y1 + (y2 - y1) * share;
      if (this.isFree(x - 2, y - HALF, x + width + 2, y + HALF)) {
        this.take(x - 2, y - HALF, x + width + 2, y + HALF);
        return written(x, y, width, text, "named");
      }
    }
    return "";
  }
}

/** A text on a ground of its own, so that no line runs through it. */
function written(x, y, width, text, name) {
  return (
    `<rect class="under" x="${num(x - 2)}" y="${num(y - HALF)}" width="${num(width + 3)}" height="${2 * HALF}"/>` +
    `<text class="${name}" x="${num(x)}" y="${num(y + 3.8)}">${esc(text)}</text>`
  );
}
