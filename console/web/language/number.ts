/** With a comma at every thousand, as the region's bulletins write it. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** A share as a percentage with one decimal; never rounded up to a hundred while something is missing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '';
  const tenths = Math.floor((part / whole) * 1000);
  return `${(tenths / 10).toFixed(1)}%`;
}

const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes in the largest unit that leaves at least one whole. */
export function bytes(value: number): string {
  const step = value < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(value) / 10));
  const shown = value / 1024 ** step;
  return `${shown.toFixed(step === 0 || shown >= 100 ? 0 : 1)} ${sizes[step]}`;
}
