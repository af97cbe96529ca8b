// What an interrupted cell reports.
import type { CellError } from '../wire/content.js';

export const interruption: CellError = {
  ename: 'KeyboardInterrupt',
  evalue: 'the cell was interrupted',
  traceback: ['KeyboardInterrupt: the cell was interrupted'],
};
