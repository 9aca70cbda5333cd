/** `chart.line` and `chart.bar` for code, as source: data in, an SVG shown by `display.svg` out. */
export const CHART_SOURCE = String.raw`'use strict';
(() => {
const { svg } = display;
const COLOURS = ['#2563eb', '#dc2626', '#059669', '#d97706', '#7c3aed', '#0891b2'];
const clean = (value) => String(value).replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';').slice(0, 60);
const short = (value) => String(Number(value.toPrecision(4)));
const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// Numbers; pairs of label and number; an object of numbers; or an object of series, each a list of numbers.
function read(data) {
  if (isPlain(data) && Object.values(data).every(Array.isArray)) {
    const series = Object.entries(data).map(([name, values]) => ({ name, values: values.map(Number) }));
    return { series, labels: Array.from({ length: Math.max(0, ...series.map((s) => s.values.length)) }, (_, i) => i + 1) };
  }
  const pairs = isPlain(data) ? Object.entries(data) : Array.from(data, (item, i) => (Array.isArray(item) ? item : [i + 1, item]));
  return { series: [{ name: '', values: pairs.map((pair) => Number(pair[1])) }], labels: pairs.map((pair) => pair[0]) };
}

function draw(kind, data, { title = '', width = 640, height = 360 } = {}) {
  const { series, labels } = read(data);
  const all = series.flatMap((s) => s.values);
  if (all.length === 0 || all.length > 5000 || !all.every(Number.isFinite)) throw new TypeError('A chart needs 1 to 5000 finite numbers.');
  const low = Math.min(...all, kind === 'bar' ? 0 : Infinity), high = Math.max(...all, kind === 'bar' ? 0 : -Infinity);
  const span = high - low || 1, left = 64, top = title ? 40 : 16, wide = width - left - 16, tall = height - top - 56;
  const y = (value) => top + tall - ((value - low) / span) * tall;
  const slot = wide / Math.max(1, kind === 'bar' ? labels.length : labels.length - 1);
  const x = (i) => left + (kind === 'bar' ? slot * (i + 0.5) : slot * i);
  const out = [];
  const put = (x, y, text, more = '') => out.push('<text x="' + short(x) + '" y="' + short(y) + '" ' + more + '>' + clean(text) + '</text>');
  if (title) put(width / 2, 24, title, 'text-anchor="middle" font-size="16"');
  for (let i = 0; i <= 4; i++) {
    const value = low + (span * i) / 4;
    out.push('<path d="M' + left + ' ' + short(y(value)) + 'h' + short(wide) + '" stroke="#8884"/>');
    put(left - 8, y(value) + 4, short(value), 'text-anchor="end"');
  }
  const every = Math.ceil(labels.length / 10);
  labels.forEach((label, i) => { if (i % every === 0) put(x(i), top + tall + 18, label, 'text-anchor="middle"'); });
  series.forEach(({ name, values }, n) => {
    const colour = COLOURS[n % COLOURS.length];
    if (kind === 'line') {
      const points = values.map((value, i) => short(x(i)) + ',' + short(y(value))).join(' ');
      out.push('<polyline fill="none" stroke-width="2" stroke="' + colour + '" points="' + points + '"/>');
    } else {
      const bar = (slot * 0.8) / series.length;
      values.forEach((value, i) => {
        const from = Math.min(y(value), y(0)), at = x(i) - slot * 0.4 + bar * n;
        out.push('<rect x="' + short(at) + '" y="' + short(from) + '" width="' + short(bar) + '" height="' + short(Math.abs(y(value) - y(0))) + '" fill="' + colour + '"/>');
      });
    }
    if (name) put(left + n * 110, height - 12, name, 'fill="' + colour + '"');
  });
  svg('<svg xmlns="http://www.w3.org/2000/svg" width="' + width + '" height="' + height + '" viewBox="0 0 ' + width + ' ' + height +
    '" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>' + out.join('') + '</svg>');
}
Object.defineProperty(globalThis, 'chart', {
  value: Object.freeze({ line: (data, options) => draw('line', data, options), bar: (data, options) => draw('bar', data, options) }),
  writable: true, configurable: true, enumerable: false,
});
})();`;
