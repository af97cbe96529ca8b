// How tfjs tensors show: shape, type, size, backend, range and mean, the first values as text and as a curve
// or a map of colours. Of a large tensor only a corner and three numbers leave the backend.
import type { DataType, Tensor } from '#tfjs';
import {
  addCaption,
  byteSize,
  card,
  formatNumber,
  inspectText,
  jupyterDisplay,
  type MimeBundle,
  naturalRange,
  numeral,
  type Picture,
  rangeText,
  sparkline,
  strip,
  summaryOf,
} from '../display/index.js';
import { tf } from './tf.js';

/** All values are read of a tensor up to this size. */
const mostRead = 65_536;
/** Only this corner is read of a larger tensor. */
const corner = { rows: 32, columns: 64 };
/** Fewer values have no picture. */
const fewestDrawn = 8;
const bytesOf: Record<DataType, number> = { float32: 4, int32: 4, bool: 1, complex64: 8, string: NaN };

Object.defineProperties(tf.Tensor.prototype, {
  [jupyterDisplay]: {
    configurable: true,
    value(this: Tensor) {
      return tensorBundle(this);
    },
  },
  [inspectText]: {
    configurable: true,
    value(this: Tensor) {
      return headingOf(this);
    },
  },
});

const headingOf = ({ dtype, shape, isDisposed }: Tensor): string =>
  `${isDisposed ? 'disposed tensor' : 'Tensor'} ${dtype} [${shape.join(', ')}]`;

async function tensorBundle(tensor: Tensor): Promise<MimeBundle> {
  if (tensor.isDisposed) return card(headingOf(tensor), { values: 'freed' });
  const { dtype, size } = tensor;
  const bytes = size * bytesOf[dtype];
  const facts = {
    size: numeral(size),
    bytes: Number.isNaN(bytes) ? undefined : byteSize(bytes),
    backend: tf.getBackend(),
  };
  if (size === 0 || dtype === 'complex64') return card(headingOf(tensor), facts);
  const { text, values, range, picture } = await contentOf(tensor);
  return card(headingOf(tensor), { ...facts, range, [values]: text }, picture);
}

/** Values as text under a label, their range, and a picture. */
async function contentOf(tensor: Tensor) {
  const [rows, columns] = matrixShape(tensor.shape);
  const whole = tensor.size <= mostRead;
  const [r, c] = whole
    ? [rows, columns]
    : [Math.min(rows, corner.rows), Math.min(columns, rows === 1 ? 4096 : corner.columns)];
  const part = tf.tidy(() =>
    whole ? tensor.clone() : tensor.reshape([rows, columns]).slice([0, 0], [r, c]),
  );
  try {
    // int32, bool and string tensors have data of their own kinds
    const data: ArrayLike<number> | string[] =
      tensor.dtype === 'string' ? await part.data<'string'>() : await part.data();
    const shown = whole ? tensor.shape : [r, c];
    const text = nested(data, shown);
    const values = text.includes('…') || !whole ? 'first values' : 'values';
    if (tensor.dtype === 'string') return { values, text };
    const numbers = data as ArrayLike<number>;
    const range = whole ? rangeText(numbers) : await rangeOnBackend(tensor);
    return { values, text, range, picture: pictureOf(numbers, r, c, [rows, columns]) };
  } finally {
    part.dispose();
  }
}

/** A tensor as rows and columns: a list is one row. */
function matrixShape(shape: readonly number[]): [rows: number, columns: number] {
  const size = shape.reduce((product, length) => product * length, 1);
  const long = shape.filter((length) => length > 1);
  return long.length < 2 ? [1, size] : [shape[0], size / shape[0]];
}

async function rangeOnBackend(tensor: Tensor): Promise<string> {
  const sums = tf.tidy(() => {
    const x = tensor.cast('float32');
    return tf.stack([x.min(), x.max(), x.mean()]);
  });
  const [least, greatest, mean] = await sums.data();
  sums.dispose();
  return `${formatNumber(least)} to ${formatNumber(greatest)}, mean ${formatNumber(mean)}`;
}

function pictureOf(
  data: ArrayLike<number>,
  rows: number,
  columns: number,
  whole: readonly [number, number],
): Picture | undefined {
  if (data.length < fewestDrawn) return undefined;
  if (rows === 1) {
    const caption = columns < whole[1] ? [`the first ${numeral(columns)} of ${numeral(whole[1])}`] : [];
    return addCaption(sparkline([data]), caption);
  }
  const [r, c] = [Math.min(rows, corner.rows), Math.min(columns, corner.columns)];
  const cells = Array.from({ length: r }, (_, row) =>
    Float64Array.from({ length: c }, (_value, k) => data[row * columns + k]),
  );
  const { least, greatest } = summaryOf(Float64Array.from(cells.flatMap((row) => [...row])));
  if (Number.isNaN(least)) return undefined;
  const size = {
    cellWidth: Math.max(3, Math.min(12, 240 / c)),
    cellHeight: Math.max(3, Math.min(12, 130 / r)),
  };
  const ofAll = r < whole[0] || c < whole[1] ? ` of ${numeral(whole[0])} × ${numeral(whole[1])}` : '';
  return addCaption(strip(cells, naturalRange(least, greatest), size), [`${r} rows × ${c} columns${ofAll}`]);
}

/** The first entries of every axis in nested brackets. */
function nested(data: ArrayLike<unknown>, shape: readonly number[], from = 0, top = true): string {
  const value = data[from];
  if (shape.length === 0)
    return typeof value === 'number' ? formatNumber(value) : JSON.stringify(String(value).slice(0, 40));
  const [length, ...inner] = shape;
  const stride = inner.reduce((product, n) => product * n, 1);
  const most = inner.length === 0 ? (top ? 6 : 4) : inner.length === 1 ? 2 : 1;
  const parts = Array.from({ length: Math.min(length, most) }, (_, k) =>
    nested(data, inner, from + k * stride, false),
  );
  return `[${[...parts, ...(length > most ? ['…'] : [])].join(', ')}]`;
}
