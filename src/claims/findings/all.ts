// The findings, in the order of their pages.
import type { Finding } from '../finding.js';
import { F07 } from './F07.js';

export const all: readonly Finding[] = [F07];
