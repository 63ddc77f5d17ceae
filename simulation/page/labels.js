// Text where there is room for it: nothing is written over anything else.

const FONT = "11px system-ui, sans-serif";
const SMALL = "10px system-ui, sans-serif";
const HALF = 6.5;

/** Where along a line its name may stand, best first; where it has to, nearer to the ends and beside it too. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22].map((share) => [share, 0]);
const WANTED = [0, -2 * HALF, 2 * HALF].flatMap((down) => [...SHARES, [0.8], [0.88], [0.14]].map(([share]) => [share, down]));
const SHORTEST = 40;

class Labels {
  /** `others` are texts that are there already, other than those of `gone`. */
  constructor(others = null, gone = null) {
    this.rows = new Map();
    this.others = others;
    this.gone = gone;
  }

  /** Keep a box free of text; it is that of an event, or nobody's. */
  take(left, top, right, bottom, place = NONE) {
    const box = [left, top, right, bottom, place];
    for (let row = top >> 5; row <= bottom >> 5; row++) {
      const boxes = this.rows.get(row);
      if (boxes) boxes.push(box);
      else this.rows.set(row, [box]);
    }
  }

  isFree(left, top, right, bottom, gone = null) {
    for (let row = top >> 5; row <= bottom >> 5; row++) {
      for (const box of this.rows.get(row) ?? []) {
        if (gone?.has(box[4])) continue;
        if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return false;
      }
    }
    return this.others?.isFree(left, top, right, bottom, this.gone) ?? true;
  }

  /** The text beside a mark, as long as there is room for it: at most `most` wide, at least `least`. */
  beside(x, y, text, least, most) {
    for (const room of [most, least]) {
      const told = cut(text, FONT, room);
      // As wide as it is when it is selected, and bold.
      const right = x + 1.08 * widthOf(told, FONT) + 4;
      if (told && this.isFree(x, y - HALF, right, y + HALF)) {
        this.take(x, y - HALF, right, y + HALF);
        return written(x, y, right - x, told, "");
      }
    }
    return "";
  }

  /** The name of the message at this place somewhere along its line; where it is `wanted`, beside it too. */
  along(place, { x1, y1, x2, y2 }, text, wanted = false) {
    const width = widthOf(text, SMALL);
    if (Math.abs(x2 - x1) < SHORTEST) return "";
    for (const [share, down] of wanted ? WANTED : SHARES) {
      const x = x1 + (x2 - x1) * share - width / 2;
      const y = y1 + (y2 - y1) * share + down;
      if (this.isFree(x - 2, y - HALF, x + width + 2, y + HALF)) {
        this.take(x - 2, y - HALF, x + width + 2, y + HALF, place);
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
